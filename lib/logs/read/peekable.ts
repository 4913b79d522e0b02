import type { BrokenReason } from "./record.ts";

/** Why a stream that was being taken apart breaks off: what was got of it so far still counts. */
export class Broken extends Error {
  readonly reason: BrokenReason;

  constructor(reason: BrokenReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** All that comes out of the compressed streams and archives of one delivery together. */
export class Output {
  readonly #mostBytes: number;
  #bytes = 0;
  /** Files in all archives together. */
  files = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isSpent(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  /** Throws Broken once there is more than there may be. */
  count(bytes: Buffer): Buffer {
    this.#bytes += bytes.length;
    if (this.isSpent) {
      throw new Broken("too-much-inside", `more than ${this.#mostBytes} bytes come out of it`);
    }
    return bytes;
  }
}

/** An async iterator of which the beginning can be looked at. Says in `broken` why it broke off. */
export class Peekable implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterator<Uint8Array>;
  #head: Buffer = Buffer.alloc(0);
  broken: Broken | undefined;

  constructor(source: AsyncIterator<Uint8Array>) {
    this.#source = source;
  }

  /** The first `length` bytes, or all there are. */
  async peek(length: number): Promise<Buffer> {
    if (this.#head.length >= length) return this.#head.subarray(0, length);
    const pieces = [this.#head];
    let held = this.#head.length;
    while (held < length) {
      const next = await this.#next();
      if (!next) break;
      pieces.push(next);
      held += next.length;
    }
    this.#head = Buffer.concat(pieces);
    return this.#head.subarray(0, length);
  }

  /** Up to `length` bytes, each once. */
  async take(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    this.skip(bytes.length);
    return bytes;
  }

  /** At most `length` bytes, as they come, without waiting for all of them. */
  async takeSome(length: number): Promise<Buffer> {
    if (this.#head.length === 0) this.#head = (await this.#next()) ?? this.#head;
    const bytes = this.#head.subarray(0, length);
    this.skip(bytes.length);
    return bytes;
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  skip(length: number): void {
    this.#head = this.#head.subarray(length);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    if (this.#head.length > 0) yield this.#head;
    this.#head = Buffer.alloc(0);
    for (let next = await this.#next(); next; next = await this.#next()) yield next;
  }

  async #next(): Promise<Buffer | undefined> {
    try {
      const { value, done } = await this.#source.next();
      return done ? undefined : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.broken = error;
      return undefined;
    }
  }
}
