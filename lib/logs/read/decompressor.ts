import { createInflateRaw, createZstdDecompress } from "node:zlib";
import { Broken } from "./peekable.ts";

const OUTPUT_BYTES = 256 * 1024;

/** A decompressor of Node's for each way of compressing; gzip is deflate with a header and a trailer. */
export const CREATE = {
  deflate: () => createInflateRaw({ chunkSize: OUTPUT_BYTES }),
  zstd: () => createZstdDecompress({ chunkSize: OUTPUT_BYTES }),
} as const;

/** Compressed streams that stand one behind another. */
export type Members = {
  write(piece: Buffer): AsyncGenerator<Buffer>;
  end(): AsyncGenerator<Buffer>;
  destroy(): void;
  /** From where on there is something else behind the last of them. */
  rest: Buffer | undefined;
};

type Zlib = ReturnType<(typeof CREATE)[keyof typeof CREATE]>;

/** One write at a time: the next begins when the output of the last was taken. */
export class Decompressor {
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
    const [only, ...more] = output;
    if (only) return more.length === 0 ? only : Buffer.concat(output);
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
