import type { LastChange } from "#lib/triage/move-failure.ts";
import { REFUSAL_WORDS } from "../../../_access/refusal-words.ts";
import { formatAgo } from "../../../_ui/time.tsx";
import type { TriageFailure } from "../actions.ts";
import { MOVE_WORDS, VERDICT_WORDS } from "./triage-words.ts";
import { STATUS_WORDS } from "./words.ts";

type Telling = "changed-meanwhile" | "more-detections" | "not-from-here";

const PLAIN_SENTENCES = {
  ...REFUSAL_WORDS,
  "invalid-input": "Something is missing or cannot be read: see the fields.",
  "no-such-alert": "This alert is no longer there.",
  "no-such-assignee": "This person may not triage alerts any more.",
  "no-such-duplicate": "There is no alert of this number.",
  "duplicate-of-itself": "An alert cannot be a duplicate of itself.",
  "duplicate-in-a-circle": "That alert is itself a duplicate of this one.",
} as const satisfies Record<Exclude<TriageFailure["why"], Telling>, string>;

/** Why a change was refused, in a sentence. */
export function failureSentence(failure: TriageFailure, now: Date): string {
  switch (failure.why) {
    case "changed-meanwhile":
      return `${changeWords(failure.change)} ${formatAgo(failure.change.at, now)}.`;
    case "more-detections":
      return moreWords(failure.count);
    case "not-from-here":
      return `It is ${STATUS_WORDS[failure.status]}, from where this cannot be done.`;
    default:
      return PLAIN_SENTENCES[failure.why];
  }
}

/** "Dana closed it as undetermined". */
function changeWords({ kind, by, byYourself, verdict, assignee }: LastChange): string {
  const did = `${byYourself ? "You" : (by ?? "Somebody")} ${MOVE_WORDS[kind].did}`;
  if (verdict) return `${did} as ${VERDICT_WORDS[verdict].words}`;
  return kind === "assign" ? `${did} to ${assignee ?? "nobody"}` : did;
}

function moreWords(count: number): string {
  if (count < 0) return "Its detections changed since you looked.";
  return count === 1
    ? "1 more detection arrived since you looked."
    : `${count.toLocaleString("en-GB")} more detections arrived since you looked.`;
}
