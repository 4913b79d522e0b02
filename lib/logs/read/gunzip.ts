import { createGunzip, type Gunzip } from "node:zlib";

/** What is lost before a fault is at most what one piece becomes, and at most one output of the decompressor. */
const PIECE_BYTES = 8 * 1024;
const OUTPUT_BYTES = 64 * 1024;
/** A checksum that is wrong must not take the data before it along. */
const TRAILER_BYTES = 8;

/**
 * Decompresses piece by piece: a decompressor that fails throws away what it holds, so each piece's output is taken before
 * the next goes in. The same bytes give the same output, however they are cut, then the fault. Throws what `compressed`
 * throws, and the decompressor's errors (their code begins with `Z_`).
 */
export async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decompressor = new Decompressor();
  try {
    for await (const piece of pieces(compressed)) {
      const output = await decompressor.take();
      decompressor.write(piece);
      if (output) yield output;
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

/** The same pieces, however the bytes come, with the last few by themselves. */
async function* pieces(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of compressed) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let from = 0;
    for (; held.length - from >= PIECE_BYTES + TRAILER_BYTES; from += PIECE_BYTES) {
      yield held.subarray(from, from + PIECE_BYTES);
    }
    held = held.subarray(from);
  }
  const trailer = Math.max(0, held.length - TRAILER_BYTES);
  if (trailer > 0) yield held.subarray(0, trailer);
  if (held.length > 0) yield held.subarray(trailer);
}

/** One write at a time: the next begins when the output of the last was taken. */
class Decompressor {
  readonly #stream: Gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  #output: Buffer[] = [];
  #error: Error | undefined;
  /** What was written is done, or will never be. */
  #done: Promise<void> = Promise.resolve();
  #resolve = () => {};
  #closed = false;

  constructor() {
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
    if (this.#error) throw this.#error;
    return undefined;
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
