import type { ClientBehind } from "#lib/events/client.ts";
import { MachineText } from "../../../_ui/machine-text.tsx";
import classes from "./inferred-client.module.css";

/** Beside "AWS Internal" in a list: who stands behind it, as far as that is known. */
export function InferredClient({ behind }: { behind: ClientBehind }) {
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
          <span className="secondary">inferred</span> <MachineText text={behind.client.address} />
        </span>
      );
    case "ambiguous":
      return (
        <span className="secondary" title={behind.clients.map(({ address }) => address).join("\n")}>
          one of {behind.isPart ? "at least " : ""}
          {behind.clients.length} clients
        </span>
      );
  }
}
