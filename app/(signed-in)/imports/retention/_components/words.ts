import type { RetentionPreview } from "#lib/ingest/queries/retention.ts";
import type { Retention } from "#lib/ingest/retention.ts";
import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import { formatUtc } from "../../../../_ui/time.tsx";
import type { RetentionRefusal } from "../actions.ts";

/** For how long what is kept, in a sentence. */
export function retentionSentence({ rawDays, eventDays, alertDays }: Retention): string {
  if (rawDays === null && eventDays === null && alertDays === null) return "Everything is kept for ever.";
  const days = (count: number | null) =>
    count === null ? "for ever" : `${count.toLocaleString("en-GB")} days`;
  return `Original records are kept ${days(rawDays)}, events ${days(eventDays)}, alerts ${days(alertDays)}.`;
}

/** What a policy would delete, in a sentence. */
export function retentionPreviewSentence(preview: RetentionPreview): string {
  const { alerts, events, records, rejected, oldestAlert, oldestEvent } = preview;
  const counted = (count: number, noun: string) =>
    `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
  const parts = [
    alerts > 0
      ? `${counted(alerts, "alert")} with their detections (the oldest of ${dayOf(oldestAlert)})`
      : null,
    events > 0
      ? `${counted(events, "event")} that no detection is of (the oldest of ${dayOf(oldestEvent)})`
      : null,
    records > 0 ? `up to ${counted(records, "original record")}, but for those of detections` : null,
    rejected > 0 ? counted(rejected, "rejected record") : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return "Nothing is old enough to be deleted now.";
  const last = parts.pop();
  return `The worker would delete ${parts.length === 0 ? last : `${parts.join(", ")} and ${last}`}.`;
}

function dayOf(time: Date | null): string {
  return time === null ? "no day" : formatUtc(time).slice(0, 10);
}

export function retentionRefusalSentence(refusal: RetentionRefusal): string {
  if (refusal.kind === "invalid-input") return "Mend what is marked.";
  if (refusal.kind === "changed-meanwhile")
    return "Somebody has changed this meanwhile. What they set is shown above; look at it before you save.";
  return REFUSAL_WORDS[refusal.kind];
}
