import { crc32 } from "node:zlib";
import { CREATE, Decompressor, type Members } from "./decompressor.ts";
import { Broken } from "./peekable.ts";

const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** Of names and comments in a header; nobody needs as much. */
const MOST_HEADER_BYTES = 256 * 1024;
const FLAG = { checksum: 2, extra: 4, name: 8, comment: 16 } as const;

const NOTHING = Buffer.alloc(0);

type Pending = { decompressor: Decompressor; input: Buffer };

export function beginsGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Members of gzip, of which each has its own header and checksum. Node's own gunzip loses what it holds when something else
 * stands behind the last one.
 */
export class GzipMembers implements Members {
  #decompressor: Decompressor | undefined;
  #pending: Pending | undefined;
  #step: "header" | "body" | "trailer" = "header";
  #untaken: Buffer = NOTHING;
  #isFirst = true;
  #checksum = 0;
  #length = 0;
  rest: Buffer | undefined;

  async *write(piece: Buffer): AsyncGenerator<Buffer> {
    yield* this.#take(piece, false);
  }

  async *end(): AsyncGenerator<Buffer> {
    yield* this.#take(NOTHING, true);
    if (this.#step === "header" && !this.#isFirst) {
      this.rest ??= this.#untaken;
      return;
    }
    if (this.#step === "body") {
      this.#decompressor?.end();
      const taken = await this.#decompressor?.take();
      if (taken) yield taken;
    }
    throw new Broken("broken-compression", "unexpected end of file");
  }

  /**
   * What comes of a piece is taken when the next comes, so that it is decompressed while what came before is read; but where
   * a member ends in a piece, all of it is done at once.
   */
  async *#take(piece: Buffer, isLast: boolean): AsyncGenerator<Buffer> {
    const input = this.#untaken.length === 0 ? piece : Buffer.concat([this.#untaken, piece]);
    this.#untaken = NOTHING;
    if (!this.#pending) {
      yield* this.#run(input, isLast);
      return;
    }
    const { taken, rest } = await this.#settle(this.#pending);
    const isWithin = rest.length === 0;
    if (isWithin && !isLast) this.#begin(input);
    if (taken) yield taken;
    if (!isWithin) yield* this.#run(Buffer.concat([rest, input]), true);
  }

  async *#run(bytes: Buffer, atOnce: boolean): AsyncGenerator<Buffer> {
    let input: Buffer | undefined = bytes;
    while (input && input.length > 0) {
      if (this.#step === "header") input = this.#header(input);
      else if (this.#step === "trailer") input = this.#trailer(input);
      else {
        const pending = this.#begin(input);
        if (!atOnce) return;
        const { taken, rest } = await this.#settle(pending);
        if (taken) yield taken;
        input = rest;
      }
    }
  }

  #begin(input: Buffer): Pending {
    const decompressor = this.#decompressor as Decompressor;
    decompressor.write(input);
    this.#pending = { decompressor, input };
    return this.#pending;
  }

  /** What came of the piece in hand, and what of it stands behind the member's end. */
  async #settle({ decompressor, input }: Pending): Promise<{ taken: Buffer | undefined; rest: Buffer }> {
    this.#pending = undefined;
    const taken = await decompressor.take();
    if (taken) {
      this.#checksum = crc32(taken, this.#checksum);
      this.#length += taken.length;
    }
    const rest = decompressor.untaken(input);
    if (rest.length > 0) this.#step = "trailer";
    return { taken, rest };
  }

  destroy(): void {
    this.#decompressor?.destroy();
  }

  /** What follows the header; undefined when there is no header, or not all of it yet. */
  #header(input: Buffer): Buffer | undefined {
    const isNone = input.length >= 3 ? !beginsGzip(input) || input[2] !== 8 : input[0] !== 0x1f;
    if (isNone) {
      if (this.#isFirst) throw new Broken("broken-compression", "incorrect header check");
      this.rest = input;
      return undefined;
    }
    const length = headerLength(input);
    if (length === undefined) {
      if (input.length > MOST_HEADER_BYTES) throw new Broken("broken-compression", "its header has no end");
      this.#untaken = input;
      return undefined;
    }
    this.#decompressor?.destroy();
    this.#decompressor = new Decompressor(CREATE.deflate());
    this.#isFirst = false;
    this.#step = "body";
    this.#checksum = 0;
    this.#length = 0;
    return input.subarray(length);
  }

  #trailer(input: Buffer): Buffer | undefined {
    if (input.length < TRAILER_BYTES) {
      this.#untaken = input;
      return undefined;
    }
    if (input.readUInt32LE(0) !== this.#checksum) {
      throw new Broken("broken-compression", "incorrect data check");
    }
    // The length is that of the content modulo 2 to the power of 32.
    if (input.readUInt32LE(4) !== this.#length % 2 ** 32) {
      throw new Broken("broken-compression", "incorrect length check");
    }
    this.#step = "header";
    return input.subarray(TRAILER_BYTES);
  }
}

/** Source: RFC 1952. Undefined when the header does not end in these bytes. */
function headerLength(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED_HEADER_BYTES) return undefined;
  const flags = bytes[3] ?? 0;
  let at = FIXED_HEADER_BYTES;
  if (flags & FLAG.extra) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  if (flags & FLAG.checksum) at += 2;
  return at <= bytes.length ? at : undefined;
}
