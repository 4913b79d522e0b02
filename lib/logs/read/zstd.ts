import { CREATE, Decompressor, type Members } from "./decompressor.ts";

const FRAME_MARK_BYTES = 4;

/** Whether zstd begins here: a frame with data, or one that may be skipped. */
export function beginsFrame(bytes: Buffer): boolean {
  const mark = bytes.readUInt32LE();
  return mark === 0xfd2fb528 || mark >>> 4 === 0x184d2a5;
}

/** Node's decompressor stops behind a frame when another follows in what it was given: that one begins anew. */
export class ZstdFrames implements Members {
  #decompressor = new Decompressor(CREATE.zstd());
  #untaken: Buffer = Buffer.alloc(0);
  #isBetween = false;
  rest: Buffer | undefined;

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

  async *end(): AsyncGenerator<Buffer> {
    if (this.#isBetween) {
      this.rest = this.#untaken;
      return;
    }
    this.#decompressor.end();
    const taken = await this.#decompressor.take();
    if (taken) yield taken;
  }

  destroy(): void {
    this.#decompressor.destroy();
  }

  #begin(input: Buffer): boolean {
    if (input.length < FRAME_MARK_BYTES) this.#untaken = input;
    else if (!beginsFrame(input)) this.rest = input;
    if (this.rest || this.#untaken.length > 0) return false;
    this.#decompressor.destroy();
    this.#decompressor = new Decompressor(CREATE.zstd());
    return true;
  }
}
