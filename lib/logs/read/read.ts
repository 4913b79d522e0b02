import { failure, type Outcome, success } from "#lib/outcome.ts";
import { gunzip } from "./gunzip.ts";
import {
  DEFAULT_READ_LIMITS,
  type LogForm,
  type ReadItem,
  type ReadLimits,
  type Unreadable,
} from "./record.ts";
import type { Slice, Splitter, Start } from "./slice.ts";
import { type Shape, SNIFF_BYTES, sniff } from "./sniff.ts";
import { JsonSplitter } from "./split-json.ts";
import { LineSplitter } from "./split-lines.ts";
import { RowSplitter } from "./split-rows.ts";
import { recordsInRow } from "./table.ts";
import { recordsIn } from "./unwrap.ts";

export type OpenLog = {
  form: LogForm;
  /** All records in order, a few at a time. To be consumed once; throws only what `source` throws. */
  items: AsyncGenerator<ReadItem[]>;
};

/**
 * Opens a log by what its bytes are, not by its name: plain or gzipped; JSON Lines, one or
 * several JSON documents, or a CSV table of known columns.
 * Memory does not grow with the stream. Fails when nothing in it can be a record.
 */
export async function openLog(
  source: AsyncIterable<Uint8Array>,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
): Promise<Outcome<OpenLog, Unreadable>> {
  const delivered = new Peekable(source[Symbol.asyncIterator]());
  const magic = await delivered.peek(2);
  const gzipped = magic[0] === 0x1f && magic[1] === 0x8b;
  const bytes = gzipped ? new Peekable(gunzip(delivered)) : delivered;
  const bom = await bytes.peek(3);
  const byteOffset = bom.equals(BOM) ? BOM.length : 0;
  bytes.skip(byteOffset);

  const head = await bytes.peek(SNIFF_BYTES);
  if (head.length === 0 && bytes.broken)
    return failure({ reason: "broken-compression", detail: bytes.broken });
  const shape = sniff(head, head.length < SNIFF_BYTES);
  if (!shape.ok) return shape;

  const start = { byteOffset, line: 1 };
  return success({
    form: {
      compression: gzipped ? "gzip" : "none",
      shape: typeof shape.value === "string" ? shape.value : "csv",
    },
    items: readItems(bytes, readingOf(shape.value, limits, start)),
  });
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** When records are handed on: parsed they may take much more room than their bytes. */
const ITEMS_AT_ONCE = 500;
const BYTES_AT_ONCE = 256 * 1024;

/** How a stream is cut into slices, and a slice becomes records. */
type Reading = { splitter: Splitter; recordsOf: (slice: Slice, index: number) => ReadItem[] };

function readingOf(shape: Shape, limits: ReadLimits, start: Start): Reading {
  if (typeof shape !== "string") {
    const splitter = new RowSplitter(shape.delimiter.charCodeAt(0), limits, start);
    let isHeader = true;
    return {
      splitter,
      recordsOf: (row, index) => {
        const records = isHeader ? [] : recordsInRow(row, index, shape, limits);
        isHeader = false;
        return records;
      },
    };
  }
  const splitter = shape === "json" ? new JsonSplitter(limits, start) : new LineSplitter(limits, start);
  return { splitter, recordsOf: (slice, index) => recordsIn(slice, index, limits) };
}

async function* readItems(bytes: Peekable, { splitter, recordsOf }: Reading): AsyncGenerator<ReadItem[]> {
  const numbered = new Numbering(recordsOf);
  for await (const chunk of bytes) yield* numbered.items(splitter.push(chunk));
  yield* numbered.items(splitter.end());
  if (bytes.broken) {
    const fault = { reason: "broken-compression", detail: bytes.broken } as const;
    yield [{ ok: false, index: numbered.next, ...numbered.end, bytes: Buffer.alloc(0), ...fault }];
  }
}

/** Parses slices and gives the records their numbers. */
class Numbering {
  readonly #recordsOf: Reading["recordsOf"];
  next = 1;
  /** Where the last record ended. */
  end = { byteOffset: 0, line: 1 };

  constructor(recordsOf: Reading["recordsOf"]) {
    this.#recordsOf = recordsOf;
  }

  *items(slices: Iterable<Slice>): Generator<ReadItem[]> {
    let items: ReadItem[] = [];
    let bytes = 0;
    for (const slice of slices) {
      this.end = { byteOffset: slice.byteOffset + slice.bytes.length, line: slice.line };
      for (const item of this.#recordsOf(slice, this.next)) {
        item.index = this.next++;
        items.push(item);
      }
      bytes += slice.bytes.length;
      if (items.length >= ITEMS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
        yield items;
        items = [];
        bytes = 0;
      }
    }
    if (items.length > 0) yield items;
  }
}

/** An async iterator of which the beginning can be looked at. Says in `broken` why a compressed stream broke off. */
class Peekable implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterator<Uint8Array>;
  #head: Buffer = Buffer.alloc(0);
  broken: string | undefined;

  constructor(source: AsyncIterator<Uint8Array>) {
    this.#source = source;
  }

  /** The first `length` bytes, or all there are. */
  async peek(length: number): Promise<Buffer> {
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
      if (!isZlibError(error)) throw error;
      this.broken = error.message;
      return undefined;
    }
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
