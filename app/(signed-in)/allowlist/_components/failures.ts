import { BROADNESS_SENTENCES } from "#lib/allowlist/breadth.ts";
import type { EntryFailure } from "#lib/allowlist/objection.ts";
import { REFUSAL_WORDS, type Refusal } from "../../../_access/refusal-words.ts";
import { formatAgo } from "../../../_ui/time.tsx";
import type { EntryRefusal, WatchRefusal } from "../actions.ts";
import { CHANGE_WORDS, STATE_WORDS } from "./words.ts";

type Reason = EntryFailure["reason"] | Refusal | "invalid-input";
type Sentences = { [Key in Reason]: (refusal: Extract<EntryRefusal, { reason: Key }>) => string };

/** What to say of a refusal, in one piece of text. */
const SENTENCES: Sentences = {
  "signed-out": () => REFUSAL_WORDS["signed-out"],
  "not-allowed": () => REFUSAL_WORDS["not-allowed"],
  "invalid-input": ({ issues }) => issues.map(({ message }) => message).join(" "),
  "not-narrow": () => NARROW_SENTENCE,
  "expires-in-the-past": () => "The expiry lies in the past: the entry would do nothing. Choose a later one.",
  "lives-too-long": () =>
    "An entry lives a year at most, so that somebody looks at it again. Choose an earlier expiry.",
  "unknown-owner": () => "The owner is no longer there, or was shut out. Choose another.",
  "unknown-entry": () => "This entry is no longer there.",
  "too-broad": ({ broadness, canConfirm }) =>
    `${broadness.map((one) => BROADNESS_SENTENCES[one]).join(" ")} ${canConfirm ? "" : ASK_AN_ADMIN}`.trim(),
  "hides-true-positives": ({ alerts, canConfirm }) =>
    `It would hide detections of ${alerts.length === 1 ? "an alert that was" : `${alerts.length} alerts that were`} judged true positive. ${canConfirm ? "" : ASK_AN_ADMIN}`.trim(),
  "not-from-here": ({ state }) => `The entry is ${STATE_WORDS[state]}, from where this is not possible.`,
  "changed-meanwhile": ({ by, kind, at }) =>
    `${by ?? "Time"} ${kind === "expired" ? "ended it" : CHANGE_WORDS[kind]} in the meantime (${formatAgo(at, new Date())}). Nothing of yours was saved.`,
};

export const NARROW_SENTENCE =
  "An analyst can enforce only an entry for one exact actor and one exact image, for 24 hours at most from start to expiry, that swallows no signal. Observe it, or ask an admin.";
const ASK_AN_ADMIN = "Only an admin can confirm this.";

export function refusalSentence(refusal: EntryRefusal): string {
  const sentence = SENTENCES[refusal.reason] as (given: EntryRefusal) => string;
  return sentence(refusal);
}

const WATCH_SENTENCES = {
  "already-watched": "This is on the watch list already.",
  "not-watched": "This was taken off the watch list in the meantime.",
  ...REFUSAL_WORDS,
} as const satisfies Record<Exclude<WatchRefusal["reason"], "invalid-input">, string>;

export function watchSentence(refusal: WatchRefusal): string {
  return "issues" in refusal
    ? refusal.issues.map(({ message }) => message).join(" ")
    : WATCH_SENTENCES[refusal.reason];
}
