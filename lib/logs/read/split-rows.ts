import { isEmptyLine, NEWLINE, QUOTE } from "./bytes.ts";
import type { ReadLimits } from "./record.ts";
import { Piecewise, type Slice, type Splitter, STREAM_START, type Start } from "./slice.ts";

const CARRIAGE_RETURN = 0x0d;

/** Splits a table into its rows as RFC 4180 has them: a quoted field may hold line breaks, and quotes that stand twice. */
export class RowSplitter implements Splitter {
  readonly #delimiter: number;
  readonly #row: Piecewise;
  #byteOffset: number;
  #line: number;
  #lineBreaks = 0;
  /** `quote`: after a quote inside quotes, which ends the field or is the first of two. */
  #state: "field" | "bare" | "quoted" | "quote" = "field";

  constructor(delimiter: number, limits: ReadLimits, start: Start = STREAM_START) {
    this.#delimiter = delimiter;
    this.#row = new Piecewise(limits);
    this.#byteOffset = start.byteOffset;
    this.#line = start.line;
  }

  *push(chunk: Buffer): Generator<Slice> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#state === "quoted") {
        if (byte === QUOTE) this.#state = "quote";
        else if (byte === NEWLINE) this.#lineBreaks++;
      } else if (byte === NEWLINE) {
        const slice = this.#endRow(chunk, from, at);
        if (slice) yield slice;
        from = at + 1;
      } else this.#state = this.#next(byte);
    }
    this.#row.add(chunk.subarray(from));
  }

  *end(): Generator<Slice> {
    const isOpen = this.#state === "quoted";
    const slice = this.#finish();
    if (slice) yield isOpen ? { ...slice, open: true } : slice;
  }

  #endRow(chunk: Buffer, from: number, newline: number): Slice | undefined {
    if (this.#row.length > 0 || !isEmptyLine(chunk, from, newline)) {
      this.#row.add(chunk.subarray(from, newline));
      return this.#finish();
    }
    this.#byteOffset += newline + 1 - from;
    this.#line++;
    this.#state = "field";
    return undefined;
  }

  #next(byte: number | undefined): "field" | "bare" | "quoted" {
    if (byte === this.#delimiter) return "field";
    const opens = this.#state === "field" || this.#state === "quote";
    return byte === QUOTE && opens ? "quoted" : "bare";
  }

  #finish(): Slice | undefined {
    const start = { byteOffset: this.#byteOffset, line: this.#line };
    this.#byteOffset += this.#row.length + 1;
    this.#line += this.#lineBreaks + 1;
    this.#lineBreaks = 0;
    this.#state = "field";
    const { bytes, fault } = this.#row.take();
    if (fault) return { ...start, bytes, fault };
    const row = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
    return row.length === 0 ? undefined : { ...start, bytes: row };
  }
}

/** The fields of a row; undefined where a quote stands in the wrong place. */
export function fieldsOf(row: string, delimiter: string): string[] | undefined {
  const fields: string[] = [];
  for (let from = 0; ; ) {
    const isQuoted = row[from] === '"';
    const end = isQuoted ? closingQuote(row, from) + 1 : endOf(row, from, delimiter);
    const text = isQuoted ? row.slice(from + 1, end - 1).replaceAll('""', '"') : row.slice(from, end);
    const isBroken = isQuoted
      ? end === 0 || (end < row.length && row[end] !== delimiter)
      : text.includes('"');
    if (isBroken) return undefined;
    fields.push(text);
    if (end >= row.length) return fields;
    from = end + 1;
  }
}

function endOf(row: string, from: number, delimiter: string): number {
  const end = row.indexOf(delimiter, from);
  return end === -1 ? row.length : end;
}

/** The quote that closes the field which another opened, or -1. */
function closingQuote(row: string, opening: number): number {
  let at = row.indexOf('"', opening + 1);
  while (at !== -1 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
  return at;
}
