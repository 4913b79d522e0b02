import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { countAdded, writeDetections } from "./alter-events.ts";
import { countForImports, type DeliveryOf, placed } from "./replay-apply.ts";
import type { Difference } from "./replay-plan.ts";
import { deriveAlerts, storeAlerts } from "./store-alerts.ts";
import { type TakenDetection, type TakenRow, takenDetection } from "./take-events.ts";

/** Alerts that are new, that are left without detections, and that had none and have some again. */
export type Redetected = { alertsMade: number; emptied: string[]; refilled: string[] };

type Changed = Extract<Difference, { what: "changed" }>;

/**
 * Gives stored events the detections that they have today, and leaves all else of them: what signals and scores ask of the
 * time before hangs on events alone. Alerts that are left without detections stay as they were (`sweepAlerts`).
 * `holdForAltering` comes before.
 */
export async function redetect(
  client: Transaction,
  changed: readonly Changed[],
  deliveries: ReadonlyMap<string, DeliveryOf>,
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<Redetected> {
  const run = runOn(client);
  const found = changed.flatMap((one) => one.found.detections.map(({ alert }) => alert.id));
  const refilled = await emptyAmong(client, found);
  const taken = await takeDetections(client, changed);
  const come = changed.map(({ record, found }) => placed(record, found, deliveries));
  const detections = await writeDetections(client, come, taken, { inForce, now });
  const keys = detections.map(({ detection }) => detection.alert);
  const gained = new Set(keys.map(({ id }) => id));
  const lost = [...new Set(taken.map(({ alertId }) => alertId))].filter((id) => !gained.has(id));
  const before = await holdAlerts(run, [...lost, ...gained]);
  const made = await storeAlerts(client, keys, now);
  await deriveAlerts(client, lost, now);
  await keepNumbers(run, before, {
    added: null,
    detections: [...taken.map(countTaken), ...detections.map(countAdded)],
  });
  await countForImports(client, changed);
  return { alertsMade: made, emptied: await emptyAmong(client, lost), refilled };
}

/** Of some alerts those that are there without detections. */
async function emptyAmong(client: Transaction, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from alert where id = any($1::uuid[])
       and not exists (select from detection where detection.alert_id = alert.id)`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

type Taken = TakenDetection & { score: number; isSuppressed: boolean };

async function takeDetections(client: Transaction, changed: readonly Changed[]): Promise<Taken[]> {
  const values = [
    changed.map(({ stored }) => stored.key.occurredAt),
    changed.map(({ stored }) => stored.key.id),
  ];
  const of = (table: string) =>
    `delete from ${table} using unnest($1::timestamptz[], $2::uuid[]) as gone (occurred_at, event_id)
     where ${table}.occurred_at = gone.occurred_at and ${table}.event_id = gone.event_id`;
  await client.query(of("allow_hit"), values);
  const { rows } = await client.query<TakenRow & { score: number; entry_id: string | null }>(
    `${of("detection")} returning detection.occurred_at, detection.event_id, rule_id, alert_id, live, detected_at, score, entry_id`,
    values,
  );
  return rows.map((row) => ({
    ...takenDetection(row),
    score: row.score,
    isSuppressed: row.entry_id !== null,
  }));
}

function countTaken({ occurredAt, eventId, score, isSuppressed }: Taken) {
  return { occurredAt, eventId, score, detections: -1 as const, suppressed: isSuppressed ? -1 : 0 };
}
