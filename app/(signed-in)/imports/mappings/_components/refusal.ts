import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import { formatAgo } from "../../../../_ui/time.tsx";
import type { MappingRefusal } from "../actions.ts";

/** What to say of a refusal, in one piece of text. */
export function refusalSentence(refusal: MappingRefusal): string {
  switch (refusal.kind) {
    case "invalid-input":
      return refusal.issues.map(({ message }) => message).join(" ");
    case "changed-meanwhile": {
      const when = refusal.at ? ` (${formatAgo(refusal.at, new Date())})` : "";
      return `${refusal.by ?? "Somebody else"} said what these columns hold in the meantime${when}. Nothing of yours was saved: load the page again to see it as it is now.`;
    }
    case "gone":
      return "No import waits for this table any more, and it has no mapping: it was read, cancelled or forgotten in the meantime.";
    default:
      return REFUSAL_WORDS[refusal.kind];
  }
}
