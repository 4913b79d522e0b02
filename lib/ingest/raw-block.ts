import { promisify } from "node:util";
import { zstdCompress, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import type { Place } from "#lib/logs/read/record.ts";

/** An original record with its place in the delivered file, as a block keeps it. */
export type RawRecord = Place & { bytes: Buffer };

/** How many records share a block: enough to compress well, few enough to read one quickly. */
export const RECORDS_PER_BLOCK = 256;

/** Far above any block that `encodeBlock` makes: a damaged row cannot exhaust memory. */
const MAX_BLOCK_BYTES = 1024 ** 3;

/** Per record: length (32 bits), index and line (48 bits each) and offset (64 bits), before the bytes of all. */
const ENTRY_BYTES = 4 + 6 + 6 + 8;

const compress = promisify(zstdCompress);

/** Records in the order in which they are referred to by position. Compresses them beside the event loop. */
export async function encodeBlock(records: readonly RawRecord[]): Promise<Buffer> {
  const table = Buffer.alloc(4 + records.length * ENTRY_BYTES);
  table.writeUInt32LE(records.length);
  records.forEach(({ bytes, index, line, byteOffset }, at) => {
    const entry = 4 + at * ENTRY_BYTES;
    table.writeUInt32LE(bytes.length, entry);
    table.writeUIntLE(index, entry + 4, 6);
    table.writeUIntLE(line, entry + 10, 6);
    table.writeBigUInt64LE(BigInt(byteOffset), entry + 16);
  });
  return await compress(Buffer.concat([table, ...records.map(({ bytes }) => bytes), entriesOf(records)]));
}

/** Behind all bytes: at which position which file of an archive begins. Nothing where there is none. */
function entriesOf(records: readonly RawRecord[]): Buffer {
  const runs = records.flatMap(({ entry }, at) =>
    at > 0 && entry === records[at - 1]?.entry ? [] : [[at, entry ?? null]],
  );
  return records.some(({ entry }) => entry !== undefined)
    ? Buffer.from(JSON.stringify(runs))
    : Buffer.alloc(0);
}

const entriesSchema = z.array(z.tuple([z.number(), z.string().nullable()]));

/** The file of an archive that the record at a position stood in. */
function entryAt(position: number, runs: Buffer): string | null {
  if (runs.length === 0) return null;
  const begun = entriesSchema.parse(JSON.parse(runs.toString("utf8"))).filter(([from]) => from <= position);
  return begun.at(-1)?.[1] ?? null;
}

/** All records of a block, by position. Throws on bytes that are no block. */
export function decodeBlock(block: Buffer): RawRecord[] {
  const data = zstdDecompressSync(block, { maxOutputLength: MAX_BLOCK_BYTES });
  const count = data.readUInt32LE();
  const records: RawRecord[] = [];
  let start = 4 + count * ENTRY_BYTES;
  for (let at = 0; at < count; at++) {
    const row = 4 + at * ENTRY_BYTES;
    const end = start + data.readUInt32LE(row);
    records.push({ ...placeAt(data, row), bytes: data.subarray(start, end) });
    start = end;
  }
  const runs = data.subarray(start);
  return runs.length === 0 ? records : records.map((record, at) => named(record, entryAt(at, runs)));
}

function placeAt(data: Buffer, row: number): Place {
  return {
    index: data.readUIntLE(row + 4, 6),
    line: data.readUIntLE(row + 10, 6),
    byteOffset: Number(data.readBigUInt64LE(row + 16)),
  };
}

function named(record: RawRecord, entry: string | null): RawRecord {
  return entry === null ? record : { ...record, entry };
}

/** The record at a position, or undefined when the block has none there. Throws on bytes that are no block. */
export function decodeRecord(block: Buffer, position: number): RawRecord | undefined {
  const data = zstdDecompressSync(block, { maxOutputLength: MAX_BLOCK_BYTES });
  const count = data.readUInt32LE();
  if (position < 0 || position >= count) return undefined;
  const lengths = Array.from({ length: count }, (_, at) => data.readUInt32LE(4 + at * ENTRY_BYTES));
  const start = lengths.slice(0, position).reduce(sum, 4 + count * ENTRY_BYTES);
  const end = lengths.slice(position).reduce(sum, start);
  const entry = entryAt(position, data.subarray(end));
  const row = 4 + position * ENTRY_BYTES;
  const bytes = data.subarray(start, start + data.readUInt32LE(row));
  return named({ ...placeAt(data, row), bytes }, entry);
}

function sum(a: number, b: number): number {
  return a + b;
}
