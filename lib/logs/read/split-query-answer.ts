import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isSpace,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  stringEnd,
  trimEnd,
} from "./bytes.ts";
import type { ReadLimits } from "./record.ts";
import { Piecewise, type Slice, type Splitter, STREAM_START, type Start, unclosed } from "./slice.ts";

/**
 * `table`: another begins. `columns`: the list of its columns. `row`: of the table in hand. `error`: what the sender says went
 * wrong. `document`: something else that stands beside such an answer.
 */
export type AnswerSlice = Slice & { is: "table" | "columns" | "row" | "error" | "document" };

const BEGINNING = /^\s*\{\s*"tables"\s*:\s*\[\s*(\{\s*"(name|columns|rows)"\s*:|\]\s*\})/;

/** Whether a stream begins with what Log Analytics' query API answers: `{"tables":[{"name":…,"columns":[…],"rows":[[…]]}]}`. */
export function beginsQueryAnswer(head: Buffer): boolean {
  return BEGINNING.test(head.toString("latin1", 0, 512));
}

/** Where in such an answer values stand: how many brackets are open around them. */
const IN_ANSWER = 1;
const IN_TABLES = 2;
const IN_TABLE = 3;
const IN_ROWS = 4;
const LONGEST_KEY = 16;

const COLLECTED: ReadonlyMap<string, AnswerSlice["is"]> = new Map([
  ["columns", "columns"],
  ["error", "error"],
]);

/** Splits what a query API answers, one answer or several, into the columns and the rows of its tables. */
export class QueryAnswerSplitter implements Splitter {
  readonly #piecewise: Piecewise;
  #offset: number;
  #line: number;
  #depth = 0;
  #inString = false;
  /** Bytes of the next chunk that an escape has taken. */
  #escaped = 0;
  /** What is being collected, from where, and how deep it is closed. */
  #open: (Start & { is: AnswerSlice["is"]; depth: number; bare: boolean }) | undefined;
  /** The string in hand or just read, while it may be a key. */
  #text: string | undefined;
  #key = "";
  #isInTables = false;
  #isInRows = false;

  constructor(limits: ReadLimits, start: Start = STREAM_START) {
    this.#piecewise = new Piecewise(limits);
    this.#offset = start.byteOffset;
    this.#line = start.line;
  }

  *push(chunk: Buffer): Generator<AnswerSlice> {
    let kept = 0;
    let at = this.#escaped;
    this.#escaped = 0;
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#string(chunk, at);
        continue;
      }
      const byte = chunk[at] as number;
      if (this.#open?.bare && isBareEnd(byte, this.#depth)) {
        yield this.#finish(chunk, kept, at);
        kept = at;
      }
      const wasOpen = this.#open !== undefined;
      const mark = this.#step(byte, at);
      if (mark) yield mark;
      if (!wasOpen && this.#open) kept = at;
      at++;
      if (this.#open && !this.#open.bare && this.#depth === this.#open.depth && isClose(byte)) {
        yield this.#finish(chunk, kept, at);
        kept = at;
      }
    }
    if (this.#open) this.#piecewise.add(chunk.subarray(kept));
    this.#escaped = Math.max(0, at - chunk.length);
    this.#offset += chunk.length;
  }

  *end(): Generator<AnswerSlice> {
    const open = this.#open;
    if (open) {
      const { bytes, fault } = this.#piecewise.take();
      const cut = open.bare && this.#depth === 0 ? {} : { open: true as const };
      yield {
        is: open.is,
        byteOffset: open.byteOffset,
        line: open.line,
        bytes: trimEnd(bytes),
        ...(fault && { fault }),
        ...cut,
      };
    } else if (this.#depth > 0) {
      yield { is: "row", ...unclosed({ byteOffset: this.#offset, line: this.#line }) };
    }
  }

  /** Where the rest of a string ends in a chunk, behind its quote. One that was never closed ends at the line's end. */
  #string(chunk: Buffer, from: number): number {
    const end = stringEnd(chunk, from);
    if (this.#text !== undefined && this.#text.length < LONGEST_KEY) {
      this.#text += chunk.toString("latin1", from, Math.min(end, from + LONGEST_KEY));
    }
    if (end >= chunk.length) return end;
    this.#inString = false;
    return chunk[end] === QUOTE ? end + 1 : end;
  }

  /** One byte outside strings. A slice that it gives has nothing in it. */
  #step(byte: number, at: number): AnswerSlice | undefined {
    if (byte === NEWLINE) this.#line++;
    if (isSpace(byte)) return undefined;
    const text = this.#text;
    this.#text = undefined;
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#enter(byte, at);
    if (byte === QUOTE) this.#quote(at);
    else if (byte === COLON) this.#key = text ?? this.#key;
    else if (isClose(byte)) this.#leave();
    else if (byte === COMMA) this.#key = "";
    else if (!this.#open) this.#begin(byte, at);
    return undefined;
  }

  /** A string begins, which may be a key. */
  #quote(at: number): void {
    this.#inString = true;
    const mayBeKey = this.#depth === IN_ANSWER || (this.#isInTables && this.#depth === IN_TABLE);
    if (mayBeKey && this.#isReading) this.#text = "";
    else if (!this.#open) this.#begin(QUOTE, at);
  }

  /** Not inside something that is collected whole; until its tables are found an answer may be something else. */
  get #isReading(): boolean {
    return this.#open === undefined || this.#open.is === "document";
  }

  #enter(byte: number, at: number): AnswerSlice | undefined {
    const isList = byte === OPEN_LIST;
    let mark: AnswerSlice | undefined;
    if (this.#depth === IN_ANSWER && this.#isReading && isList && this.#key === "tables") {
      this.#open = undefined;
      this.#piecewise.take();
      this.#isInTables = true;
    } else if (!this.#open) {
      const isTable = this.#isInTables && this.#depth === IN_TABLES && !isList;
      if (isTable) mark = { is: "table", ...this.#place(at), bytes: Buffer.alloc(0) };
      const isRows = this.#isInTables && this.#depth === IN_TABLE && isList && this.#key === "rows";
      if (isRows) this.#isInRows = true;
      else if (!isTable) this.#begin(byte, at);
    }
    this.#key = "";
    this.#depth++;
    return mark;
  }

  #leave(): void {
    this.#depth--;
    if (this.#depth < IN_ROWS) this.#isInRows = this.#isInRows && this.#open !== undefined;
    if (this.#depth < IN_TABLES) this.#isInTables = false;
    this.#depth = Math.max(0, this.#depth);
    this.#key = "";
  }

  /** A value that is collected, or is part of none. */
  #begin(byte: number, at: number): void {
    const is = this.#kindHere();
    if (!is) return;
    const bare = byte !== OPEN_OBJECT && byte !== OPEN_LIST;
    this.#open = { ...this.#place(at), is, depth: this.#depth, bare };
  }

  #kindHere(): AnswerSlice["is"] | undefined {
    if (this.#depth === 0) return "document";
    const isAmongKeys = this.#depth === IN_ANSWER || (this.#isInTables && this.#depth === IN_TABLE);
    if (isAmongKeys && this.#key !== "") return COLLECTED.get(this.#key);
    // What stands where a key should stand is no part of the answer: as a row it is rejected, and not passed over.
    const isRow =
      this.#isInTables && (this.#depth === IN_TABLES || (this.#depth === IN_ROWS && this.#isInRows));
    return isAmongKeys || isRow ? "row" : undefined;
  }

  #place(at: number): Start {
    return { byteOffset: this.#offset + at, line: this.#line };
  }

  #finish(chunk: Buffer, from: number, to: number): AnswerSlice {
    this.#piecewise.add(chunk.subarray(from, to));
    const { bytes, fault } = this.#piecewise.take();
    const { is = "document", byteOffset = 0, line = 1 } = this.#open ?? {};
    this.#open = undefined;
    return { is, byteOffset, line, bytes: trimEnd(bytes), ...(fault && { fault }) };
  }
}

function isClose(byte: number): boolean {
  return byte === CLOSE_OBJECT || byte === CLOSE_LIST;
}

/** A number, a word or rubbish ends where the next value may begin. */
function isBareEnd(byte: number, depth: number): boolean {
  return byte === COMMA || isClose(byte) || byte === NEWLINE || (depth === 0 && byte === OPEN_OBJECT);
}
