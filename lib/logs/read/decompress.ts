import { createGunzip, createInflateRaw, createZstdDecompress } from "node:zlib";
import { Broken, type Output } from "./peekable.ts";

const OUTPUT_BYTES = 64 * 1024;
/** A checksum that is wrong must not take the data before it along. */
const TRAILER_BYTES = 8;

/**
 * What is lost before a fault is at most what one piece becomes, and at most one output of the decompressor. A byte of
 * zstd may become 30,000.
 */
const KINDS = {
  gzip: { create: () => createGunzip({ chunkSize: OUTPUT_BYTES }), pieceBytes: 8 * 1024 },
  deflate: { create: () => createInflateRaw({ chunkSize: OUTPUT_BYTES }), pieceBytes: 8 * 1024 },
  zstd: { create: () => createZstdDecompress({ chunkSize: OUTPUT_BYTES }), pieceBytes: 1024 },
} as const;

/**
 * Decompresses piece by piece: a decompressor that fails throws away what it holds, so each piece's output is taken before
 * the next goes in. The same bytes give the same output, however they are cut, then the fault. Throws what `compressed`
 * throws, and Broken: also when `output` has had all that it may have.
 */
export async function* decompress(
  compressed: AsyncIterable<Buffer>,
  kind: keyof typeof KINDS,
  output: Output,
): AsyncGenerator<Buffer> {
  if (kind === "zstd") {
    yield* unzstd(compressed, output);
    return;
  }
  const decompressor = new Decompressor(KINDS[kind].create());
  try {
    for await (const piece of pieces(compressed, KINDS[kind].pieceBytes)) {
      const taken = await decompressor.take();
      decompressor.write(piece);
      if (taken) yield output.count(taken);
    }
    const last = await decompressor.take();
    decompressor.end();
    if (last) yield output.count(last);
    const rest = await decompressor.take();
    if (rest) yield output.count(rest);
  } finally {
    decompressor.destroy();
  }
}

async function* unzstd(compressed: AsyncIterable<Buffer>, output: Output): AsyncGenerator<Buffer> {
  const frames = new Frames();
  try {
    for await (const piece of pieces(compressed, KINDS.zstd.pieceBytes)) {
      for await (const taken of frames.write(piece)) yield output.count(taken);
      if (frames.areOver) return;
    }
    const rest = await frames.end();
    if (rest) yield output.count(rest);
  } finally {
    frames.destroy();
  }
}

const FRAME_MARK_BYTES = 4;

/** Whether zstd begins here: a frame with data, or one that may be skipped. */
export function beginsFrame(bytes: Buffer): boolean {
  const mark = bytes.readUInt32LE();
  return mark === 0xfd2fb528 || mark >>> 4 === 0x184d2a5;
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

type Zlib = ReturnType<(typeof KINDS)[keyof typeof KINDS]["create"]>;

/** One write at a time: the next begins when the output of the last was taken. */
class Decompressor {
  readonly #stream: Zlib;
  #output: Buffer[] = [];
  #error: Error | undefined;
  /** What was written is done, or will never be. */
  #done: Promise<void> = Promise.resolve();
  #resolve = () => {};
  #closed = false;
  #before = 0;

  constructor(stream: Zlib) {
    this.#stream = stream;
    this.#stream.on("data", (output: Buffer) => this.#output.push(output));
    this.#stream.on("error", (error) => {
      this.#error = error;
    });
    this.#stream.on("close", () => {
      this.#closed = true;
      this.#resolve();
    });
  }

  write(piece: Buffer): void {
    this.#before = this.#stream.bytesWritten;
    this.#begin((done) => this.#stream.write(piece, done));
  }

  end(): void {
    this.#begin(() => this.#stream.end());
  }

  /** What came of the last write, if anything. Throws its error once all before it was taken. */
  async take(): Promise<Buffer | undefined> {
    await this.#done;
    const output = this.#output;
    this.#output = [];
    if (output.length > 0) return Buffer.concat(output);
    if (this.#error) throw new Broken("broken-compression", this.#error.message);
    return undefined;
  }

  /** What it did not want of the last write, for its stream had ended. */
  untaken(input: Buffer): Buffer {
    const taken = this.#stream.bytesWritten - this.#before;
    return this.#error ? input.subarray(input.length) : input.subarray(taken);
  }

  destroy(): void {
    this.#stream.destroy();
  }

  /** Nothing goes into a stream that has ended: what follows a compressed stream is none of it. */
  #begin(run: (done: () => void) => void): void {
    if (this.#closed || this.#stream.readableEnded) return;
    this.#done = new Promise((resolve) => {
      this.#resolve = resolve;
      run(resolve);
    });
  }
}

/** Node's decompressor stops behind a frame when another follows in what it was given: that one begins anew. */
class Frames {
  #decompressor = new Decompressor(KINDS.zstd.create());
  #untaken: Buffer = Buffer.alloc(0);
  #isBetween = false;
  /** Something else stands behind the last frame. */
  areOver = false;

  async *write(piece: Buffer): AsyncGenerator<Buffer> {
    let input: Buffer = Buffer.concat([this.#untaken, piece]);
    this.#untaken = Buffer.alloc(0);
    while (input.length > 0) {
      if (this.#isBetween && !this.#begin(input)) return;
      this.#decompressor.write(input);
      const taken = await this.#decompressor.take();
      if (taken) yield taken;
      input = this.#decompressor.untaken(input);
      this.#isBetween = input.length > 0;
    }
  }

  async end(): Promise<Buffer | undefined> {
    if (this.#isBetween) return undefined;
    this.#decompressor.end();
    return await this.#decompressor.take();
  }

  destroy(): void {
    this.#decompressor.destroy();
  }

  #begin(input: Buffer): boolean {
    if (input.length < FRAME_MARK_BYTES) this.#untaken = input;
    else this.areOver = !beginsFrame(input);
    if (this.areOver || this.#untaken.length > 0) return false;
    this.#decompressor.destroy();
    this.#decompressor = new Decompressor(KINDS.zstd.create());
    return true;
  }
}
