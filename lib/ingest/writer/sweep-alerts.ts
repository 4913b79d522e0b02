import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";

/** Whether people have had to do with an alert, or with another by its number. Then it stays, whatever becomes of its detections. */
export const IS_WORKED_ON = `(
  alert.revision > 0 or alert.status <> 'new'
  or exists (select from activity where activity.alert_id = alert.id and activity.kind <> 'evidence')
  or exists (select from alert other where other.duplicate_of = alert.number))`;

export type Swept = { deleted: number; kept: number };

/**
 * Deletes those of these alerts that have no detection any more and that nobody worked on. `kept`: those without detections
 * that stay, as they were. `why` is kept with their numbers. `holdForAltering` comes before.
 */
export async function sweepAlerts(
  client: Transaction,
  alertIds: readonly string[],
  gone: { why: string; now: Date },
): Promise<Swept> {
  if (alertIds.length === 0) return { deleted: 0, kept: 0 };
  const { rows } = await client.query<{ id: string; worked_on: boolean }>(
    `select alert.id, ${IS_WORKED_ON} as worked_on from alert
     where alert.id = any($1::uuid[]) and not exists (select from detection where detection.alert_id = alert.id)
     order by alert.id for update of alert`,
    [alertIds],
  );
  const emptied = rows.filter((row) => !row.worked_on).map(({ id }) => id);
  await deleteAlerts(client, emptied, gone);
  return { deleted: emptied.length, kept: rows.length - emptied.length };
}

async function deleteAlerts(
  client: Transaction,
  ids: readonly string[],
  { why, now }: { why: string; now: Date },
): Promise<void> {
  if (ids.length === 0) return;
  const run = runOn(client);
  const before = await holdAlerts(run, ids);
  await client.query("delete from activity where alert_id = any($1::uuid[])", [ids]);
  await client.query(
    `insert into former_alert (id, number, created_at, window_end, gone_at, why)
     select id, number, created_at, window_end, $2, $3 from alert where id = any($1::uuid[])
     on conflict (id) do update set gone_at = excluded.gone_at, why = excluded.why`,
    [ids, now, storable(why)],
  );
  await client.query("delete from alert where id = any($1::uuid[])", [ids]);
  await keepNumbers(run, before);
}

/**
 * Writes into the history of those of these alerts that people worked on what became of evidence of theirs, once for
 * each `text`. Returns how many there are.
 */
export async function noteEvidence(
  client: Transaction,
  alertIds: readonly string[],
  { text, by, now }: { text: string; by: string | null; now: Date },
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into activity (id, alert_id, at, person_id, kind, "from", "to", text)
     select gen_random_uuid(), alert.id, $4, $3, 'evidence', alert.status, alert.status, $2
     from alert where alert.id = any($1::uuid[]) and ${IS_WORKED_ON}
       and not exists (select from activity noted where noted.alert_id = alert.id and noted.kind = 'evidence' and noted.text = $2)`,
    [alertIds, text, by, now],
  );
  return rowCount ?? 0;
}
