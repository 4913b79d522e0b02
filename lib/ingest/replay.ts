import { z } from "zod";

/** The stages of the pipeline that can be run again, in their order. Each is a function of the one before. */
export const STAGES = ["normalise", "detect", "allow"] as const;
export type Stage = (typeof STAGES)[number];

/** Which of the stored records are read again. Times are those of the events; `to` is not in it. */
export const replayScopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("everything") }),
  z.strictObject({ kind: z.literal("import"), importId: z.guid() }),
  z
    .strictObject({
      kind: z.literal("source"),
      /** Of every log source where it is null. */
      logSource: z.string().max(60).nullable(),
      from: z.coerce.date(),
      to: z.coerce.date(),
    })
    .refine(({ from, to }) => from < to, { error: "The end has to lie after the beginning.", path: ["to"] }),
  z.strictObject({
    kind: z.literal("rejected"),
    importId: z.guid().nullable(),
    reason: z.string().max(60).nullable(),
  }),
]);
export type ReplayScope = z.infer<typeof replayScopeSchema>;

export const REPLAY_STATES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** How many examples of a kind are kept. */
export const MOST_EXAMPLES = 20;

const count = z.int().default(0);
const eventExample = z.object({
  occurredAt: z.string(),
  id: z.guid(),
  operation: z.string(),
  /** `changed`: with what was and what is; `read`: out of a rejected record; `lost`: rejected from now on. */
  what: z.enum(["changed", "read", "lost"]),
  fields: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
const alertExample = z.object({
  id: z.guid(),
  /** Null for one that is not there yet. */
  number: z.int().nullable(),
  what: z.enum(["made", "gone", "severity"]),
  before: z.int().nullable(),
  after: z.int().nullable(),
});

/** What a replay found to differ, or has changed. Exact but for the examples, of which a few are kept. */
export const replayCountsSchema = z.object({
  /** Events that came out as they are. */
  unchanged: count,
  /** Events whose fields, images or detections came out otherwise. */
  changed: count,
  /** Events out of records that had been rejected, and such records of which the event was known already. */
  read: count,
  known: count,
  stillRejected: count,
  /** Events whose records are rejected now. */
  lost: count,
  /** Records that belong to no event any more. */
  orphans: count,
  /** How many events changed in which field. */
  fields: z.record(z.string(), z.int()).default({}),
  /** Detections by rule. */
  rules: z.record(z.string(), z.object({ made: z.int(), gone: z.int(), rescored: z.int() })).default({}),
  /** Detections that are suppressed now, and that are open now. */
  suppressed: count,
  opened: count,
  alertsMade: count,
  alertsGone: count,
  /** Alerts without detections that stay because people worked on them. */
  alertsKept: count,
  /** Alerts of another severity; null where it was not counted. */
  severities: z.int().nullable().default(null),
  /** Alerts that leave the queue of open ones, and that come to it; counted by a dry run alone. */
  queueLeft: count,
  queueJoined: count,
  events: z.array(eventExample).default([]),
  alerts: z.array(alertExample).default([]),
});
export type ReplayCounts = z.infer<typeof replayCountsSchema>;
export type EventExample = z.infer<typeof eventExample>;
export type AlertExample = z.infer<typeof alertExample>;

export function noCounts(): ReplayCounts {
  return replayCountsSchema.parse({});
}

/** The counts of two parts of a run together. */
export function addCounts(one: ReplayCounts, other: ReplayCounts): ReplayCounts {
  const rules = { ...one.rules };
  for (const [id, found] of Object.entries(other.rules)) {
    const known = rules[id] ?? { made: 0, gone: 0, rescored: 0 };
    rules[id] = {
      made: known.made + found.made,
      gone: known.gone + found.gone,
      rescored: known.rescored + found.rescored,
    };
  }
  const fields = { ...one.fields };
  for (const [name, found] of Object.entries(other.fields)) fields[name] = (fields[name] ?? 0) + found;
  const severities =
    one.severities === null && other.severities === null
      ? null
      : (one.severities ?? 0) + (other.severities ?? 0);
  return {
    unchanged: one.unchanged + other.unchanged,
    changed: one.changed + other.changed,
    read: one.read + other.read,
    known: one.known + other.known,
    stillRejected: one.stillRejected + other.stillRejected,
    lost: one.lost + other.lost,
    orphans: one.orphans + other.orphans,
    suppressed: one.suppressed + other.suppressed,
    opened: one.opened + other.opened,
    alertsMade: one.alertsMade + other.alertsMade,
    alertsGone: one.alertsGone + other.alertsGone,
    alertsKept: one.alertsKept + other.alertsKept,
    queueLeft: one.queueLeft + other.queueLeft,
    queueJoined: one.queueJoined + other.queueJoined,
    severities,
    fields,
    rules,
    events: someOfEach([...one.events, ...other.events]),
    alerts: someOfEach([...one.alerts, ...other.alerts]),
  };
}

function someOfEach<Example extends { what: string }>(examples: readonly Example[]): Example[] {
  const kept = new Map<string, number>();
  return examples.filter(({ what }) => {
    const before = kept.get(what) ?? 0;
    kept.set(what, before + 1);
    return before < MOST_EXAMPLES;
  });
}
