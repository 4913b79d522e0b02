import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import type { Transaction } from "#lib/db/client.ts";
import { decodeBlock } from "../raw-block.ts";
import { IS_WORKED_ON } from "./sweep-alerts.ts";
import type { EventKey } from "./take-events.ts";
import { writeBlocks } from "./write-blocks.ts";

const ALERTS_AT_ONCE = 200;
const EVENTS_AT_ONCE = 5000;
const BLOCKS_AT_ONCE = 16;

/** The condition of the alerts that retention deletes; `$1`: before which time. */
export const RETIRED_ALERTS = `alert.last_at < $1 and not ${IS_WORKED_ON}`;
/** The same of events: what a detection is of is kept with its alert. */
export const RETIRED_EVENTS = `event.occurred_at < $1 and not exists (
  select from detection where detection.occurred_at = event.occurred_at and detection.event_id = event.id)`;

/**
 * Deletes some alerts that nobody worked on and that were active last before a time, with their detections. The numbers of
 * days and months stay, where they count as history. `holdForAltering` comes before. Returns how many.
 */
export async function retireAlerts(client: Transaction, before: Date): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `select id from alert where ${RETIRED_ALERTS} order by last_at limit ${ALERTS_AT_ONCE}`,
    [before],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) {
    await client.query("delete from former_alert where window_end <= $1", [before]);
    return 0;
  }
  const run = runOn(client);
  const held = await holdAlerts(run, ids);
  await client.query("update alert set queue = 'history' where id = any($1::uuid[]) and queue = 'open'", [
    ids,
  ]);
  await keepNumbers(run, held);
  await client.query(
    `delete from allow_hit using detection where detection.alert_id = any($1::uuid[])
       and allow_hit.occurred_at = detection.occurred_at and allow_hit.event_id = detection.event_id
       and allow_hit.rule_id = detection.rule_id`,
    [ids],
  );
  await client.query("delete from detection where alert_id = any($1::uuid[])", [ids]);
  await client.query("delete from activity where alert_id = any($1::uuid[])", [ids]);
  await client.query(
    `update actor_tally set alerts = actor_tally.alerts - gone.alerts
     from (
       select one.actor_id, count(*) as alerts from alert cross join lateral unnest(actor_ids) as one (actor_id)
       where id = any($1::uuid[]) group by one.actor_id
     ) gone
     where gone.actor_id = actor_tally.actor_id`,
    [ids],
  );
  await client.query("delete from alert where id = any($1::uuid[])", [ids]);
  return ids.length;
}

/**
 * Deletes some events of before a time that no detection is of, behind the one `after`. The numbers and the first times stay.
 * `last`: the last of them; null at the end.
 */
export async function retireEvents(
  client: Transaction,
  before: Date,
  after: EventKey | null,
): Promise<{ events: number; last: EventKey | null }> {
  const { rows } = await client.query<{ occurred_at: Date; id: string }>(
    `select occurred_at, id from event where ${RETIRED_EVENTS}
       and (occurred_at, id) > (coalesce($2::timestamptz, '-infinity'), coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))
     order by occurred_at, id limit ${EVENTS_AT_ONCE}`,
    [before, after?.occurredAt ?? null, after?.id ?? null],
  );
  const keys = [rows.map((row) => row.occurred_at), rows.map(({ id }) => id)];
  for (const table of ["event_image", "guard_lowered", "registry_login", "refused_call", "redelivery"]) {
    await client.query(
      `delete from ${table} using unnest($1::timestamptz[], $2::uuid[]) as gone (occurred_at, id)
       where ${table}.occurred_at = gone.occurred_at and ${table}.event_id = gone.id`,
      keys,
    );
  }
  await client.query(RETIRE_WORK, keys);
  await client.query(
    `delete from event using unnest($1::timestamptz[], $2::uuid[]) as gone (occurred_at, id)
     where event.occurred_at = gone.occurred_at and event.id = gone.id`,
    keys,
  );
  const last = rows.at(-1);
  return { events: rows.length, last: last ? { occurredAt: last.occurred_at, id: last.id } : null };
}

/** An actor's first work in a scope stays, as first times do. */
const RETIRE_WORK = `
  delete from image_work using unnest($1::timestamptz[], $2::uuid[]) as gone (occurred_at, id)
  where image_work.occurred_at = gone.occurred_at and image_work.event_id = gone.id and exists (
    select from image_work earlier where earlier.scope = image_work.scope and earlier.actor_id = image_work.actor_id
      and earlier.occurred_at < image_work.occurred_at)`;

/** First rows of tables are records too: they go with those of their import, unless it still waits for a mapping. */
export async function retireSamples(client: Transaction, before: Date): Promise<void> {
  await client.query(
    `update import_table set sample = '[]' from import
     where import.id = import_table.import_id and import.created_at < $1 and import_table.state <> 'waiting'
       and import_table.sample <> '[]'`,
    [before],
  );
}

/** Deletes some rejected records that were delivered before a time. Returns how many. */
export async function retireRejected(client: Transaction, before: Date): Promise<number> {
  const { rowCount } = await client.query(
    `delete from rejected_record where (import_id, record_index) in (
       select import_id, record_index from import join rejected_record on import_id = import.id
       where import.created_at < $1 limit ${EVENTS_AT_ONCE})`,
    [before],
  );
  return rowCount ?? 0;
}

export type RetiredRecords = { records: number; last: string | null };

type Block = { id: string; import_id: string; data: Buffer; records: number };

/**
 * Deletes original records in the blocks behind `after` of which all events are of before a time, and in those without events
 * that were delivered before it. Those of detections are kept with their alerts, and what is rejected still. `last`: the last
 * block that was looked at; null at the end.
 */
export async function retireRecords(
  client: Transaction,
  before: Date,
  after: string,
): Promise<RetiredRecords> {
  const { rows: blocks } = await client.query<Block>(
    `select block.id, import_id, data, record_count as records from raw_block block join import on import.id = import_id
     where block.id > $2 and coalesce(last_at, import.created_at) < $1 order by block.id limit ${BLOCKS_AT_ONCE}`,
    [before, after],
  );
  if (blocks.length === 0) return { records: 0, last: null };
  const ids = blocks.map(({ id }) => id);
  const kept = await keptIn(client, ids);
  let records = 0;
  for (const block of blocks) records += await thin(client, block, kept.get(block.id) ?? new Set());
  return { records, last: ids.at(-1) ?? null };
}

/** The positions of records that stay: of detections' events, and of what is rejected still. */
async function keptIn(client: Transaction, ids: readonly string[]): Promise<Map<string, Set<number>>> {
  const { rows } = await client.query<{ block_id: string; position: number }>(
    `select event.block_id, event.block_position as position from detection join event
       on event.occurred_at = detection.occurred_at and event.id = detection.event_id
     where event.block_id = any($1::bigint[]) and detection.occurred_at between
       (select min(first_at) from raw_block where id = any($1::bigint[])) and (select max(last_at) from raw_block where id = any($1::bigint[]))
     union
     select block_id, block_position from rejected_record where block_id = any($1::bigint[])
       and import_id in (select import_id from raw_block where id = any($1::bigint[]))`,
    [ids],
  );
  const kept = new Map<string, Set<number>>();
  for (const { block_id, position } of rows) {
    const positions = kept.get(block_id) ?? new Set();
    kept.set(block_id, positions.add(position));
  }
  return kept;
}

/** Leaves of a block what is kept. Returns how many records went. */
async function thin(client: Transaction, block: Block, kept: ReadonlySet<number>): Promise<number> {
  if (kept.size === block.records) return 0;
  const raws = decodeBlock(block.data).flatMap((raw, position) =>
    kept.has(position) ? [{ raw, position }] : [],
  );
  const events = await client.query<{ occurred_at: Date; id: string; block_position: number }>(
    `select occurred_at, id, block_position from event where block_id = $1 and block_position = any($2::int[])
       and occurred_at between (select first_at from raw_block where id = $1) and (select last_at from raw_block where id = $1)`,
    [block.id, raws.map(({ position }) => position)],
  );
  const indexAt = new Map(raws.map(({ raw, position }) => [position, raw.index]));
  const times = new Map(events.rows.map((row) => [indexAt.get(row.block_position) ?? -1, row.occurred_at]));
  const places = await writeBlocks(
    client,
    block.import_id,
    raws.map(({ raw }) => raw),
    times,
  );
  const placeOf = (position: number) => places.get(indexAt.get(position) ?? -1);
  await client.query(
    `update event set block_id = moved.block_id, block_position = moved.position
     from unnest($1::timestamptz[], $2::uuid[], $3::bigint[], $4::int[]) as moved (occurred_at, id, block_id, position)
     where event.occurred_at = moved.occurred_at and event.id = moved.id`,
    [
      events.rows.map((row) => row.occurred_at),
      events.rows.map(({ id }) => id),
      events.rows.map((row) => placeOf(row.block_position)?.blockId),
      events.rows.map((row) => placeOf(row.block_position)?.position),
    ],
  );
  await client.query(
    `update rejected_record set block_id = moved.block_id, block_position = moved.position
     from unnest($2::bigint[], $3::bigint[], $4::int[]) as moved (record_index, block_id, position)
     where import_id = $1 and rejected_record.record_index = moved.record_index and rejected_record.block_id = $5`,
    [
      block.import_id,
      raws.map(({ raw }) => raw.index),
      raws.map(({ position }) => placeOf(position)?.blockId),
      raws.map(({ position }) => placeOf(position)?.position),
      block.id,
    ],
  );
  await client.query("delete from raw_block where id = $1", [block.id]);
  return block.records - kept.size;
}
