import type { Transaction } from "#lib/db/client.ts";
import type { StoredDetection, StoredEvent, StoredImage } from "./compare-event.ts";
import type { EventKey } from "./take-events.ts";

export type PlacedStoredEvent = StoredEvent & { key: EventKey; blockId: string; position: number };

/** Where to look for the events of a block: nothing leads from it to them but the time in which they lie. */
export type BlockSpan = { id: string; firstAt: Date | null; lastAt: Date | null };

/** Stored events by their keys, with their images and detections. Those that are not there are missing. */
export async function loadEvents(
  client: Transaction,
  keys: readonly EventKey[],
): Promise<PlacedStoredEvent[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<Row>(
    `select event.*, ${HANGING} from unnest($1::timestamptz[], $2::uuid[]) as wanted (occurred_at, id)
     join event using (occurred_at, id)`,
    [keys.map(({ occurredAt }) => occurredAt), keys.map(({ id }) => id)],
  );
  return rows.map(fromRow);
}

/** The events whose records lie in some blocks. */
export async function loadEventsOf(
  client: Transaction,
  blocks: readonly BlockSpan[],
): Promise<PlacedStoredEvent[]> {
  const times = blocks.flatMap(({ firstAt, lastAt }) =>
    firstAt && lastAt ? [firstAt.getTime(), lastAt.getTime()] : [],
  );
  if (times.length === 0) return [];
  const { rows } = await client.query<Row>(
    `select event.*, ${HANGING} from event where occurred_at between $2 and $3 and block_id = any($1::bigint[])`,
    [blocks.map(({ id }) => id), new Date(Math.min(...times)), new Date(Math.max(...times))],
  );
  return rows.map(fromRow);
}

const HANGING = `
  (select coalesce(jsonb_agg(jsonb_build_object('image_id', image_id, 'role', role, 'tag', tag, 'digest', digest)), '[]')
   from event_image where event_image.occurred_at = event.occurred_at and event_image.event_id = event.id) as images,
  (select coalesce(jsonb_agg(jsonb_build_object('rule_id', rule_id, 'alert_id', alert_id, 'score', score,
     'addends', addends, 'entry_id', entry_id, 'live', live)), '[]')
   from detection where detection.occurred_at = event.occurred_at and detection.event_id = event.id) as detections`;

type Row = Record<string, unknown> & {
  occurred_at: Date;
  id: string;
  block_id: string;
  block_position: number;
  images: StoredImage[];
  detections: StoredDetection[];
};

function fromRow(row: Row): PlacedStoredEvent {
  const { images, detections } = row;
  return {
    row,
    images,
    detections,
    key: { occurredAt: row.occurred_at, id: row.id },
    blockId: row.block_id,
    position: row.block_position,
  };
}
