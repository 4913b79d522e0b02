import { isDeeper } from "./depth.ts";
import type { Passing } from "./passing.ts";
import type { Peekable } from "./peekable.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits } from "./record.ts";
import type { Slice, Splitter, Start } from "./slice.ts";
import type { Shape } from "./sniff.ts";
import { JsonSplitter } from "./split-json.ts";
import { LineSplitter } from "./split-lines.ts";
import { RowSplitter } from "./split-rows.ts";
import { recordsInRow } from "./table.ts";
import { recordsIn } from "./unwrap.ts";

/** When records are handed on: parsed they may take much more room than their bytes. */
const ITEMS_AT_ONCE = 500;
const BYTES_AT_ONCE = 256 * 1024;

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
  const lines = () => {
    const splitter = new LineSplitter(limits, start);
    return passing ? new LineSieve(splitter, passing, limits) : splitter;
  };
  const splitter = shape === "json" ? new JsonSplitter(limits, start) : lines();
  return { splitter, recordsOf: (slice, index) => recordsIn(slice, index, limits), passing };
}

/** All records of a log, a few at a time. */
export async function* readItems(
  bytes: Peekable,
  shape: Shape,
  limits: ReadLimits,
  start: Start,
): AsyncGenerator<ReadItem[]> {
  const { splitter, recordsOf } = readingOf(shape, limits, start);
  const numbered = new Numbering(
    // A record's id goes no deeper than the default: only less than that has to be looked for.
    limits.maxDepth < DEFAULT_READ_LIMITS.maxDepth
      ? (slice, index) => recordsOf(slice, index).map((item) => bounded(item, limits.maxDepth))
      : recordsOf,
  );
  for await (const chunk of bytes) yield* numbered.items(splitter.push(chunk));
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
