import type { Transaction } from "#lib/db/client.ts";
import { encodeBlock, type RawRecord, RECORDS_PER_BLOCK } from "../raw-block.ts";

/** A block this long is written even if it holds few records. */
const MAX_BLOCK_BYTES = 4 * 1024 * 1024;

/** Where each record's bytes lie, by its index in the import. */
export type Places = ReadonlyMap<number, { blockId: string; position: number }>;

const COLUMNS = 7;

/** Stores original records. `times`: of the events, by the index of their records. */
export async function writeBlocks(
  client: Transaction,
  importId: string,
  raws: readonly RawRecord[],
  times: ReadonlyMap<number, Date>,
): Promise<Places> {
  if (raws.length === 0) return new Map();
  const parts = [...blocks(raws)];
  const compressing = Promise.all(parts.map(encodeBlock));
  const ids = await nextIds(client, parts.length);
  const data = await compressing;
  const places = new Map<number, { blockId: string; position: number }>();
  const values = parts.flatMap((records, at) => {
    const blockId = ids[at];
    if (blockId === undefined) throw new Error("A raw block has no id.");
    records.forEach(({ index }, position) => {
      places.set(index, { blockId, position });
    });
    const rawBytes = records.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return [blockId, importId, records.length, rawBytes, data[at], ...spanOf(records, times)];
  });
  const rows = parts.map((_, row) => {
    const first = row * COLUMNS;
    return `(${Array.from({ length: COLUMNS }, (__, column) => `$${first + column + 1}`).join(", ")})`;
  });
  await client.query(
    `insert into raw_block (id, import_id, record_count, raw_bytes, data, first_at, last_at) values ${rows.join(", ")}`,
    values,
  );
  return places;
}

/** Where the record with an index lies. Throws when it is not among them. */
export function placeOf(places: Places, index: number): { blockId: string; position: number } {
  const place = places.get(index);
  if (!place) throw new Error(`Record ${index} has no raw block.`);
  return place;
}

async function nextIds(client: Transaction, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select nextval(pg_get_serial_sequence('raw_block', 'id')) as id from generate_series(1, $1::int)",
    [count],
  );
  return rows.map(({ id }) => id);
}

/** The first and the last time in a block; none where all its records were rejected. */
function spanOf(
  records: readonly RawRecord[],
  times: ReadonlyMap<number, Date>,
): [first: Date | null, last: Date | null] {
  const found = records.flatMap(({ index }) => times.get(index)?.getTime() ?? []);
  return found.length === 0 ? [null, null] : [new Date(Math.min(...found)), new Date(Math.max(...found))];
}

function* blocks(raws: readonly RawRecord[]): Generator<RawRecord[]> {
  let block: RawRecord[] = [];
  let bytes = 0;
  for (const raw of raws) {
    if (
      block.length === RECORDS_PER_BLOCK ||
      (block.length > 0 && bytes + raw.bytes.length > MAX_BLOCK_BYTES)
    ) {
      yield block;
      block = [];
      bytes = 0;
    }
    block.push(raw);
    bytes += raw.bytes.length;
  }
  if (block.length > 0) yield block;
}
