import { MachineText } from "../../../_ui/machine-text.tsx";

/** An operation as its log names it. Of a path the last part tells most, of a name the first. */
export function OperationText({
  operation,
  className,
}: {
  operation: string;
  className?: string | undefined;
}) {
  if (operation.includes("/")) return <MachineText text={operation} isPlain />;
  return (
    <span className={className} title={operation}>
      {operation}
    </span>
  );
}
