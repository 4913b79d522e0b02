import type { Verdict, VerdictReason } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";

/** What is being written in a dialog, as the fields hold it. */
export type Draft = {
  text: string;
  caseLink: string;
  verdict: Verdict | null;
  reasonClass: VerdictReason | null;
  duplicateOf: string;
  assigneeId: string | null;
};

export const EMPTY_DRAFT: Draft = {
  text: "",
  caseLink: "",
  verdict: null,
  reasonClass: null,
  duplicateOf: "",
  assigneeId: null,
};

/** What is sent of it. The server parses it and names the faults. */
export function changeOf(move: MoveName, draft: Draft): Record<string, unknown> {
  const { text, caseLink, verdict, reasonClass, duplicateOf, assigneeId } = draft;
  switch (move) {
    case "assign":
      return { move, assigneeId, text };
    case "escalate":
      return { move, caseLink, text };
    case "close":
      return {
        move,
        verdict,
        reasonClass,
        text,
        duplicateOf: verdict === "duplicate" ? alertNumber(duplicateOf) : null,
      };
    default:
      return { move, text };
  }
}

/** `ALR-12` or `12`; NaN for what names no alert, null for nothing. */
function alertNumber(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : Number(/^(?:alr-)?(\d+)$/i.exec(trimmed)?.[1] ?? Number.NaN);
}
