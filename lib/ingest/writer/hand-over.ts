import type { Transaction } from "#lib/db/client.ts";
import { isLive, type TakenAs } from "../import.ts";
import { decodeBlock, type RawRecord } from "../raw-block.ts";
import type { EventKey } from "./take-events.ts";
import { writeBlocks } from "./write-blocks.ts";

/** A stored event, and where its original record lies. */
export type StoredPlace = EventKey & { blockId: string; position: number };

/** What stays of events when the import that has them goes. */
export type HandedOver = {
  ids: ReadonlySet<string>;
  /** Alerts of their detections. */
  alertIds: string[];
};

/**
 * Makes the events among these that other imports delivered too those imports' own, as if these had brought them at first:
 * with their original records, which say where in the other file they stand. `holdForAltering` comes before.
 */
export async function handOver(
  client: Transaction,
  from: string,
  events: readonly StoredPlace[],
): Promise<HandedOver> {
  const heirs = await heirsOf(client, from, events);
  if (heirs.length === 0) return { ids: new Set(), alertIds: [] };
  const raws = await recordsOf(client, heirs);
  const byImport = Map.groupBy(heirs, ({ importId }) => importId);
  for (const [importId, own] of byImport) await receive(client, importId, own, raws);
  const alertIds = await settleLive(client, heirs);
  return { ids: new Set(heirs.map(({ id }) => id)), alertIds };
}

type Heir = StoredPlace & {
  importId: string;
  takenAs: TakenAs;
  deliveredAt: Date;
  index: number;
  line: number;
  byteOffset: number;
  entry: string | null;
};

/** Of several imports the first that was delivered. */
async function heirsOf(client: Transaction, from: string, events: readonly StoredPlace[]): Promise<Heir[]> {
  const { rows } = await client.query<Record<string, unknown>>(
    `select distinct on (again.event_id) again.occurred_at, again.event_id, again.record_index, again.byte_offset, again.line,
       again.entry, import.id as import_id, import.taken_as, coalesce(import.started_at, import.created_at) as delivered_at
     from unnest($2::timestamptz[], $3::uuid[]) as gone (occurred_at, id)
     join redelivery again on again.occurred_at = gone.occurred_at and again.event_id = gone.id
     join import on import.id = again.import_id
     where again.import_id <> $1 and import.state not in ('deleting', 'deleted')
     order by again.event_id, import.created_at, import.id`,
    [from, events.map(({ occurredAt }) => occurredAt), events.map(({ id }) => id)],
  );
  const places = new Map(events.map((event) => [event.id, event]));
  return rows.flatMap((row) => {
    const place = places.get(row.event_id as string);
    if (!place) return [];
    return {
      ...place,
      importId: row.import_id as string,
      takenAs: row.taken_as as TakenAs,
      deliveredAt: row.delivered_at as Date,
      index: Number(row.record_index),
      line: Number(row.line),
      byteOffset: Number(row.byte_offset),
      entry: row.entry as string | null,
    };
  });
}

async function recordsOf(
  client: Transaction,
  heirs: readonly Heir[],
): Promise<ReadonlyMap<string, RawRecord[]>> {
  const { rows } = await client.query<{ id: string; data: Buffer }>(
    "select id, data from raw_block where id = any($1::bigint[])",
    [[...new Set(heirs.map(({ blockId }) => blockId))]],
  );
  return new Map(rows.map(({ id, data }) => [id, decodeBlock(data)]));
}

async function receive(
  client: Transaction,
  importId: string,
  own: readonly Heir[],
  raws: ReadonlyMap<string, RawRecord[]>,
): Promise<void> {
  const records = own
    .map(({ blockId, position, index, line, byteOffset, entry }) => {
      const bytes = raws.get(blockId)?.[position]?.bytes;
      if (!bytes) throw new Error("An event's original record is not where it should be.");
      return { bytes, index, line, byteOffset, ...(entry !== null && { entry }) };
    })
    .sort((a, b) => a.index - b.index);
  const times = new Map(own.map(({ index, occurredAt }) => [index, occurredAt]));
  const places = await writeBlocks(client, importId, records, times);
  await client.query(
    `update event set block_id = moved.block_id, block_position = moved.position
     from unnest($1::timestamptz[], $2::uuid[], $3::bigint[], $4::int[]) as moved (occurred_at, id, block_id, position)
     where event.occurred_at = moved.occurred_at and event.id = moved.id`,
    [
      own.map(({ occurredAt }) => occurredAt),
      own.map(({ id }) => id),
      own.map(({ index }) => places.get(index)?.blockId),
      own.map(({ index }) => places.get(index)?.position),
    ],
  );
  const keys = [own.map(({ occurredAt }) => occurredAt), own.map(({ id }) => id)];
  await client.query(
    `delete from redelivery using unnest($2::timestamptz[], $3::uuid[]) as moved (occurred_at, id)
     where redelivery.import_id = $1 and redelivery.occurred_at = moved.occurred_at and redelivery.event_id = moved.id`,
    [importId, ...keys],
  );
  await client.query(
    `update import set new_count = new_count + $2, duplicate_count = duplicate_count - $2,
       detection_count = detection_count + (
         select count(*) from detection join unnest($3::timestamptz[], $4::uuid[]) as moved (occurred_at, id)
           on detection.occurred_at = moved.occurred_at and detection.event_id = moved.id)
     where id = $1`,
    [importId, own.length, ...keys],
  );
}

/** Whether a detection is live depends on how and when its record was delivered. Returns the alerts of all. */
async function settleLive(client: Transaction, heirs: readonly Heir[]): Promise<string[]> {
  const { rows } = await client.query<{
    event_id: string;
    occurred_at: Date;
    rule_id: string;
    alert_id: string;
    live: boolean;
    window_end: Date;
  }>(
    `select event_id, occurred_at, rule_id, alert_id, detection.live, window_end
     from unnest($1::timestamptz[], $2::uuid[]) as moved (occurred_at, id)
     join detection using (occurred_at) join alert on alert.id = alert_id where detection.event_id = moved.id`,
    [heirs.map(({ occurredAt }) => occurredAt), heirs.map(({ id }) => id)],
  );
  const byId = new Map(heirs.map((heir) => [heir.id, heir]));
  const changed = rows.flatMap((row) => {
    const heir = byId.get(row.event_id);
    if (!heir) return [];
    const live = isLive(heir.takenAs, row.window_end, heir.deliveredAt);
    return live === row.live ? [] : [{ ...row, live }];
  });
  await client.query(
    `update detection set live = changed.live
     from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::boolean[]) as changed (occurred_at, event_id, rule_id, live)
     where detection.occurred_at = changed.occurred_at and detection.event_id = changed.event_id
       and detection.rule_id = changed.rule_id`,
    [
      changed.map((row) => row.occurred_at),
      changed.map((row) => row.event_id),
      changed.map((row) => row.rule_id),
      changed.map(({ live }) => live),
    ],
  );
  return [...new Set(rows.map((row) => row.alert_id))];
}
