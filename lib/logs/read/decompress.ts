import { CREATE, Decompressor } from "./decompressor.ts";
import { GzipMembers } from "./gzip.ts";
import { Broken, type Output } from "./peekable.ts";
import { ZstdFrames } from "./zstd.ts";

/** A checksum that is wrong must not take the data before it along. */
const TRAILER_BYTES = 8;

/**
 * What is lost before a fault is at most what one piece becomes, and at most one output of the decompressor. A byte of
 * zstd may become 30,000.
 */
const PIECE_BYTES = { gzip: 8 * 1024, deflate: 8 * 1024, zstd: 1024 } as const;

/**
 * Decompresses piece by piece: a decompressor that fails throws away what it holds, so each piece's output is taken before
 * the next goes in. The same bytes give the same output, however they are cut, then the fault. Throws what `compressed`
 * throws, and Broken: also when `output` has had all that it may have, and when something else stands behind the end of the
 * last gzip member or zstd frame.
 */
export async function* decompress(
  compressed: AsyncIterable<Buffer>,
  kind: keyof typeof PIECE_BYTES,
  output: Output,
): AsyncGenerator<Buffer> {
  const taken = kind === "deflate" ? inflate(compressed) : members(compressed, kind);
  for await (const bytes of taken) yield output.count(bytes);
}

async function* inflate(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decompressor = new Decompressor(CREATE.deflate());
  try {
    for await (const piece of pieces(compressed, PIECE_BYTES.deflate)) {
      const taken = await decompressor.take();
      decompressor.write(piece);
      if (taken) yield taken;
    }
    const last = await decompressor.take();
    decompressor.end();
    if (last) yield last;
    const rest = await decompressor.take();
    if (rest) yield rest;
  } finally {
    decompressor.destroy();
  }
}

async function* members(compressed: AsyncIterable<Buffer>, kind: "gzip" | "zstd"): AsyncGenerator<Buffer> {
  const all = kind === "gzip" ? new GzipMembers() : new ZstdFrames();
  let isOver = false;
  try {
    for await (const piece of pieces(compressed, PIECE_BYTES[kind])) {
      if (isOver) expectZeros(piece);
      else yield* all.write(piece);
      if (!isOver && all.rest) expectZeros(all.rest);
      isOver = all.rest !== undefined;
    }
    if (isOver) return;
    yield* all.end();
    if (all.rest) expectZeros(all.rest);
  } finally {
    all.destroy();
  }
}

/** Tapes and disks fill up their last block; anything else may be what somebody wants to be read. */
function expectZeros(rest: Buffer): void {
  if (rest.every((byte) => byte === 0)) return;
  throw new Broken("broken-compression", "something else stands behind its end");
}

/** The same pieces, however the bytes come, with the last few by themselves. */
async function* pieces(compressed: AsyncIterable<Buffer>, pieceBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of compressed) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let from = 0;
    for (; held.length - from >= pieceBytes + TRAILER_BYTES; from += pieceBytes) {
      yield held.subarray(from, from + pieceBytes);
    }
    held = held.subarray(from);
  }
  const trailer = Math.max(0, held.length - TRAILER_BYTES);
  if (trailer > 0) yield held.subarray(0, trailer);
  if (held.length > 0) yield held.subarray(trailer);
}
