import { isDeeper } from "./depth.ts";
import { LineSieve } from "./line-sieve.ts";
import { ListSieve } from "./list-sieve.ts";
import type { Passing } from "./passing.ts";
import type { Peekable } from "./peekable.ts";
import { QueryAnswer } from "./query-answer.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits } from "./record.ts";
import type { Slice, Splitter, Start } from "./slice.ts";
import type { Shape } from "./sniff.ts";
import { JsonSplitter } from "./split-json.ts";
import { LineSplitter } from "./split-lines.ts";
import { type AnswerSlice, QueryAnswerSplitter } from "./split-query-answer.ts";
import { RowSplitter } from "./split-rows.ts";
import { recordsInRow } from "./table.ts";
import { asTextLine } from "./text-record.ts";
import { recordsIn } from "./unwrap.ts";

/** When records are handed on: parsed they may take much more room than their bytes. */
const ITEMS_AT_ONCE = 100;
const BYTES_AT_ONCE = 32 * 1024;

/** How a stream is cut into slices, and a slice becomes records. */
type Reading = {
  splitter: Splitter;
  recordsOf: (slice: Slice, index: number) => ReadItem[];
  passing?: Passing | undefined;
};

function readingOf(shape: Shape, limits: ReadLimits, start: Start, passing: Passing | undefined): Reading {
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
  if (shape === "query-answer") {
    const answer = new QueryAnswer(limits);
    const splitter = new QueryAnswerSplitter(limits, start);
    return { splitter, recordsOf: (slice, index) => answer.recordsOf(slice as AnswerSlice, index) };
  }
  const lines = () => {
    const splitter = new LineSplitter(limits, start);
    return passing ? new LineSieve(splitter, passing, limits) : splitter;
  };
  const json = () => new JsonSplitter(limits, start, passing && new ListSieve(passing, limits));
  const splitter = shape === "json" ? json() : lines();
  const recordsOf = (slice: Slice, index: number) => recordsIn(slice, index, limits);
  if (shape !== "text-lines") return { splitter, recordsOf, passing };
  return { splitter, recordsOf: (slice, index) => recordsOf(slice, index).map(asTextLine), passing };
}

/** All records of a log, a few at a time, without those that `passing` passes over. Rows of a table are all looked at. */
export async function* readItems(
  bytes: Peekable,
  shape: Shape,
  { limits, start, passing }: { limits: ReadLimits; start: Start; passing?: Passing | undefined },
): AsyncGenerator<ReadItem[]> {
  const reading = readingOf(shape, limits, start, passing);
  const { splitter, recordsOf } = reading;
  const numbered = new Numbering(
    // A record's id goes no deeper than the default: only less than that has to be looked for.
    limits.maxDepth < DEFAULT_READ_LIMITS.maxDepth
      ? (slice, index) => recordsOf(slice, index).map((item) => bounded(item, limits.maxDepth))
      : recordsOf,
    reading.passing,
  );
  for await (const chunk of bytes) {
    const pieces = shape === "json" && passing ? passing.cut(chunk) : [chunk];
    for (const piece of pieces) yield* numbered.items(splitter.push(piece));
  }
  yield* numbered.items(splitter.end());
  if (bytes.broken) {
    const fault = { reason: bytes.broken.reason, detail: bytes.broken.message };
    yield [{ ok: false, index: numbered.next, ...numbered.end, bytes: Buffer.alloc(0), ...fault }];
  }
}

function bounded(item: ReadItem, maxDepth: number): ReadItem {
  if (!item.ok || !isDeeper(item.value, maxDepth)) return item;
  const { value: _, ...rest } = item;
  return { ...rest, ok: false, reason: "too-deep", detail: `nested more than ${maxDepth} deep` };
}

/** Parses slices and gives the records their numbers. */
class Numbering {
  readonly #recordsOf: Reading["recordsOf"];
  readonly #passing: Passing | undefined;
  readonly #passedBefore: number;
  #taken = 0;
  /** Where the last record ended. */
  end = { byteOffset: 0, line: 1 };

  constructor(recordsOf: Reading["recordsOf"], passing: Passing | undefined) {
    this.#recordsOf = recordsOf;
    this.#passing = passing;
    this.#passedBefore = passing?.count ?? 0;
  }

  /** The number of the next record: of what is passed over each is one. */
  get next(): number {
    return this.#taken + 1 + (this.#passing?.count ?? 0) - this.#passedBefore;
  }

  *items(slices: Iterable<Slice>): Generator<ReadItem[]> {
    let items: ReadItem[] = [];
    let bytes = 0;
    for (const slice of slices) {
      this.end = { byteOffset: slice.byteOffset + slice.bytes.length, line: slice.line };
      if (!slice.fault && this.#passing?.over(slice.bytes)) continue;
      for (const item of this.#recordsOf(slice, this.next)) {
        item.index = this.next;
        this.#taken++;
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
