import type { ClientBehind } from "#lib/events/client.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import classes from "./inferred-client.module.css";

type InferredClientProps = { behind: ClientBehind; isShort?: boolean };

/** Beside "AWS Internal" in a list: who stands behind it, as far as that is known. `isShort`: where there is little room. */
export function InferredClient({ behind, isShort = false }: InferredClientProps) {
  switch (behind.kind) {
    case "unknown":
      return (
        <span className="secondary" title="No token was fetched with its access key in the 12 hours before.">
          client not known
        </span>
      );
    case "inferred":
      return (
        <span className={classes.client} title={`Inferred: ${behind.client.address} fetched the token.`}>
          <Inferred isShort={isShort} />
          <MachineText text={behind.client.address} />
        </span>
      );
    case "ambiguous":
      return (
        <span className={classes.client} title={behind.clients.map(({ address }) => address).join("\n")}>
          <Inferred isShort={isShort} />
          {isShort ? "" : "one of "}
          {behind.clients.length}
          {behind.isPart ? "+" : ""} clients
        </span>
      );
  }
}

function Inferred({ isShort }: { isShort: boolean }) {
  if (!isShort) return <span className="secondary">inferred</span>;
  return (
    <>
      <span className="secondary" aria-hidden="true">
        ≈
      </span>
      <span className="visually-hidden">inferred: </span>
    </>
  );
}
