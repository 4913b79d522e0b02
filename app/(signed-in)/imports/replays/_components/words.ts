import { findRule } from "#lib/detection/rules.ts";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import type { ReplayScope, ReplayState, Stage } from "#lib/ingest/replay.ts";
import { REJECTION_SENTENCES, type RejectionReason } from "#lib/logs/rejection.ts";
import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import type { ReplayRefusal } from "../actions.ts";

const REFUSALS = {
  ...REFUSAL_WORDS,
  "invalid-input": "Say what is to be read again; the end has to lie after the beginning.",
  "one-is-waiting": "Another replay changes the store or waits to. Let it end, or cancel it, first.",
  gone: "This replay is no longer there.",
  "ended-already": "It had ended already.",
} as const satisfies Record<ReplayRefusal, string>;

export function replayRefusalSentence(refusal: ReplayRefusal): string {
  return REFUSALS[refusal];
}

export const REPLAY_STATE_WORDS = {
  queued: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
} as const satisfies Record<ReplayState, string>;

export const STAGE_WORDS = {
  normalise: "normalise, detect and allow",
  detect: "detect and allow",
  allow: "allow",
} as const satisfies Record<Stage, string>;

/** What is read again: "the rejected records of trail.json". */
function scopeWords(scope: ReplayScope, importName: string | null): string {
  if (scope.kind === "everything") return "everything";
  if (scope.kind === "import") return `the import ${importName ?? scope.importId}`;
  if (scope.kind === "rejected") {
    const of = scope.importId === null ? "" : ` of ${importName ?? scope.importId}`;
    const why =
      scope.reason === null
        ? ""
        : ` (${REJECTION_SENTENCES[scope.reason as RejectionReason] ?? scope.reason})`;
    return `the rejected records${of}${why}`;
  }
  const day = (time: Date) => time.toISOString().slice(0, 16).replace("T", " ");
  return `${scope.logSource ?? "every log"} from ${day(scope.from)} to ${day(scope.to)} UTC`;
}

/** What a run is about: "how “ECR push” is set", else what is read again. */
export function aboutWords({ scope, importName, ruleId }: ReplayRow): string {
  if (ruleId === null) return scopeWords(scope, importName);
  return `how the rule “${findRule(ruleId)?.title ?? ruleId}” is set`;
}

/** How far a run is and how long it still takes, in words. */
export function progressWords({ done, total, startedAt }: ReplayRow, now: Date): string {
  if (total === null || startedAt === null) return "Counting the records.";
  const seconds = Math.max(1, (now.getTime() - startedAt.getTime()) / 1000);
  const rate = done / seconds;
  const left = rate > 0 ? Math.ceil((total - done) / rate / 60) : null;
  const counted = `${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} records`;
  if (left === null) return `${counted}.`;
  return `${counted}, ${Math.round(rate).toLocaleString("en-GB")} a second, about ${left.toLocaleString("en-GB")} min left.`;
}
