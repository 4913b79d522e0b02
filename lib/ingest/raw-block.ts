import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Place } from "#lib/logs/read/record.ts";

/** An original record with its place in the delivered file, as a block keeps it. */
export type RawRecord = Place & { bytes: Buffer };

/** How many records share a block: enough to compress well, few enough to read one quickly. */
export const RECORDS_PER_BLOCK = 256;

/** Far above any block that `encodeBlock` makes: a damaged row cannot exhaust memory. */
const MAX_BLOCK_BYTES = 1024 ** 3;

/** Per record: length (32 bits), index and line (48 bits each) and offset (64 bits), before the bytes of all. */
const ENTRY_BYTES = 4 + 6 + 6 + 8;

/** Records in the order in which they are referred to by position. */
export function encodeBlock(records: readonly RawRecord[]): Buffer {
  const table = Buffer.alloc(4 + records.length * ENTRY_BYTES);
  table.writeUInt32LE(records.length);
  records.forEach(({ bytes, index, line, byteOffset }, at) => {
    const entry = 4 + at * ENTRY_BYTES;
    table.writeUInt32LE(bytes.length, entry);
    table.writeUIntLE(index, entry + 4, 6);
    table.writeUIntLE(line, entry + 10, 6);
    table.writeBigUInt64LE(BigInt(byteOffset), entry + 16);
  });
  return zstdCompressSync(Buffer.concat([table, ...records.map(({ bytes }) => bytes)]));
}

/** The record at a position, or undefined when the block has none there. Throws on bytes that are no block. */
export function decodeRecord(block: Buffer, position: number): RawRecord | undefined {
  const data = zstdDecompressSync(block, { maxOutputLength: MAX_BLOCK_BYTES });
  const count = data.readUInt32LE();
  if (position < 0 || position >= count) return undefined;
  let start = 4 + count * ENTRY_BYTES;
  for (let at = 0; at < position; at++) start += data.readUInt32LE(4 + at * ENTRY_BYTES);
  const entry = 4 + position * ENTRY_BYTES;
  return {
    bytes: data.subarray(start, start + data.readUInt32LE(entry)),
    index: data.readUIntLE(entry + 4, 6),
    line: data.readUIntLE(entry + 10, 6),
    byteOffset: Number(data.readBigUInt64LE(entry + 16)),
  };
}
