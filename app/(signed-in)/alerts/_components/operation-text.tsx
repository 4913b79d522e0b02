import { MachineText } from "../../../_ui/machine-text.tsx";

/** An operation as its log names it. Of a path the last part tells most, of a name the first. */
export function OperationText({
  operation,
  className,
}: {
  operation: string;
  className?: string | undefined;
}) {
  if (operation.includes("/"))
    return <MachineText text={shortOperation(operation)} whole={operation} isPlain />;
  return (
    <span className={className} title={operation}>
      {operation}
    </span>
  );
}

/** Without the provider of images, which the platform says already, and the word that ends most paths. */
function shortOperation(operation: string): string {
  return operation.replace(/^microsoft\.(compute|containerregistry)\//i, "").replace(/\/action$/i, "");
}
