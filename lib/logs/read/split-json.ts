import { Brackets } from "./brackets.ts";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  hasObjectLine,
  isDelimiter,
  isSpace,
  joined,
  lineBreaks,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
  stringEnd,
  trimEnd,
} from "./bytes.ts";
import { ListKey } from "./list-key.ts";
import type { ListSieve } from "./list-sieve.ts";
import type { ReadLimits } from "./record.ts";
import type { OpenRecord, Slice, Splitter, Start } from "./slice.ts";
import { STREAM_START, tooLong, unclosed } from "./slice.ts";
import { ColumnSplitter } from "./split-columns.ts";

/**
 * Splits JSON that is no JSON Lines: one document or several, pretty-printed or not. The elements of a top-level list,
 * and of the list under a key such as `Records`, are the records; any other value is one. Nothing is parsed here: brackets
 * and strings are followed, and the caller's parser judges each slice. At a record whose end is lost a ColumnSplitter
 * takes over.
 */
export class JsonSplitter implements Splitter {
  readonly #limits: ReadLimits;
  readonly #slices: Slice[] = [];
  #fallback: ColumnSplitter | undefined;
  #handedOver: Buffer | undefined;

  /** What is still needed of the stream, from the open record on, and the next byte to look at. */
  #window: Buffer = Buffer.alloc(0);
  #windowOffset: number;
  #at = 0;
  #line: number;
  /** Absolute offset of the line in hand, while only white space was seen on it. */
  #blankLine: number | undefined;

  #depth = 0;
  /** Of the open record, to tell when one closes another's. */
  readonly #brackets = new Brackets();
  /** The depth at which records stand: 0, 1 in a list, more in a list inside an object. */
  #base = 0;
  /** The lists that were entered, with the base outside each. */
  #lists: { base: number; keyed: boolean }[] = [];
  #inString = false;
  /** A line break stands in a string of a record that is not laid out in columns: what follows decides, once it is there. */
  #undecided = false;
  #open: OpenRecord | undefined;
  readonly #listKey = new ListKey();
  /** Passes over records of a list that nobody looks for. */
  readonly #sieve: ListSieve | undefined;

  constructor(limits: ReadLimits, start: Start = STREAM_START, sieve?: ListSieve) {
    this.#limits = limits;
    this.#sieve = sieve;
    this.#windowOffset = start.byteOffset;
    this.#blankLine = start.byteOffset;
    this.#line = start.line;
  }

  *push(chunk: Buffer): Generator<Slice> {
    if (this.#fallback) {
      yield* this.#fallback.push(chunk);
      return;
    }
    const open = this.#open?.kept ? undefined : this.#open;
    const needed = open ? open.byteOffset - this.#windowOffset : Math.min(this.#at, this.#window.length);
    this.#window = joined(this.#window.subarray(needed), chunk);
    this.#windowOffset += needed;
    this.#at -= needed;
    this.#undecided = false;
    while (this.#at < this.#window.length && !this.#fallback && !this.#undecided) {
      if (this.#inString) this.#string();
      else if (this.#depth > this.#floor()) this.#skim();
      else if (!this.#pass()) this.#step(this.#window[this.#at] as number);
      if (this.#slices.length > 0) yield* this.#slices.splice(0);
    }
    // White space of which it is undecided whose it is does not count yet.
    if (this.#open) this.#bound(this.#open, Math.min(this.#at, this.#window.length));
    yield* this.#slices.splice(0);
    yield* this.#handOver();
  }

  *end(): Generator<Slice> {
    if (this.#open?.bare || this.#open?.kept) this.#finish(this.#window.length);
    else if (this.#open) this.#giveUp(this.#open);
    yield* this.#slices.splice(0);
    yield* this.#handOver();
    if (this.#fallback) yield* this.#fallback.end();
    else if (this.#depth > 0) {
      yield unclosed({ byteOffset: this.#windowOffset + this.#window.length, line: this.#line });
    }
  }

  /** Gives the fallback what was scanned in vain. */
  *#handOver(): Generator<Slice> {
    const rest = this.#handedOver;
    this.#handedOver = undefined;
    if (this.#fallback && rest) yield* this.#fallback.push(rest);
  }

  /** A whole record of a list, if nobody looks for it. */
  #pass(): boolean {
    const start = this.#at;
    if (this.#open || this.#base === 0 || this.#depth !== this.#base) return false;
    this.#at = this.#sieve?.skip(this.#window, start) ?? start;
    return this.#at > start;
  }

  /** One byte outside strings. */
  #step(byte: number): void {
    if (byte === NEWLINE) {
      if (this.#open?.bare) this.#finish(this.#at);
      this.#at++;
      this.#line++;
      this.#blankLine = this.#windowOffset + this.#at;
      return;
    }
    if (!isSpace(byte)) {
      if (this.#open?.bare && isDelimiter(byte)) this.#finish(this.#at);
      if (this.#depth === this.#base && !this.#open) this.#between(byte);
      else if (!this.#open?.bare) this.#inside(byte);
      this.#blankLine = undefined;
    }
    this.#at++;
  }

  /** A byte between records. */
  #between(byte: number): void {
    if (byte === COMMA) return;
    const list = this.#lists.at(-1);
    if (byte === CLOSE_LIST && list) {
      this.#lists.pop();
      this.#base = list.base;
      this.#depth--;
    } else if (byte === OPEN_LIST && !list) {
      this.#lists.push({ base: 0, keyed: false });
      this.#base = 1;
      this.#depth++;
    } else {
      const byteOffset = this.#windowOffset + this.#at;
      const column = this.#blankLine === undefined ? undefined : byteOffset - this.#blankLine;
      const opens = byte === OPEN_OBJECT || byte === OPEN_LIST;
      this.#open = { byteOffset, line: this.#line, column, bare: !opens, kept: undefined };
      this.#inString = byte === QUOTE;
      if (opens) this.#depth++;
      if (opens) this.#brackets.restart(byte);
    }
  }

  /** A byte of a record that may hold a list of records, or of what follows such a list. */
  #inside(byte: number): void {
    const entered = this.#listKey.take(byte);
    if (entered === "before") {
      this.#enterKeyedList();
      this.#between(byte);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.#depth++;
      this.#brackets.open(byte);
      if (entered === "with") this.#enterKeyedList();
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      this.#depth--;
      if (this.#open?.column !== undefined && !this.#brackets.close(byte)) this.#giveUp(this.#open);
      else if (this.#open && this.#depth === this.#base) this.#finish(this.#at + 1);
    } else if (byte === QUOTE) {
      this.#inString = true;
      const mayBeKey = this.#open && this.#mayHoldLists() && this.#depth === this.#base + 1;
      if (mayBeKey) this.#listKey.begin(this.#windowOffset + this.#at + 1);
    }
  }

  /** Only an object at the top, or in a top-level list, may hold a list of records. */
  #mayHoldLists(): boolean {
    return !this.#lists.some((list) => list.keyed);
  }

  #enterKeyedList(): void {
    this.#lists.push({ base: this.#base, keyed: true });
    this.#base = this.#depth;
    this.#open = undefined;
  }

  /** The rest of a string, with its closing quote. */
  #string(): void {
    const window = this.#window;
    const at = stringEnd(window, this.#at);
    this.#at = at;
    if (at >= window.length) return;
    if (window[at] === NEWLINE && this.#open?.column === undefined && this.#open?.bare === false) {
      const next = skipSpace(window, at + 1);
      this.#undecided = next === undefined;
      if (next === undefined) return;
      if (window[next] !== OPEN_OBJECT) {
        this.#line += lineBreaks(window, at, next);
        this.#at = next;
        return;
      }
    }
    this.#inString = false;
    if (window[at] === QUOTE) this.#at++;
    else if (this.#open && !this.#open.bare) this.#giveUp(this.#open);
    this.#listKey.end((start) => window.toString("latin1", Math.max(0, start - this.#windowOffset), at));
  }

  /** The depth down to which nothing but the brackets of a record matters. */
  #floor(): number {
    if (!this.#open || this.#open.bare || this.#listKey.pending) return Infinity;
    return this.#mayHoldLists() ? this.#base + 1 : this.#base;
  }

  /** The hot loop: `#step` and `#string` for the inside of a record. */
  #skim(): void {
    const window = this.#window;
    const floor = this.#floor();
    const brackets = this.#brackets;
    let lost = false;
    let depth = this.#depth;
    let at = this.#at;
    while (at < window.length && depth > floor) {
      const byte = window[at++];
      if (byte === QUOTE) {
        at = stringEnd(window, at);
        if (at >= window.length || window[at] === NEWLINE) {
          this.#inString = true;
          break;
        }
        at++;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        depth++;
        brackets.open(byte);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth--;
        if (!brackets.close(byte) && this.#open?.column !== undefined) {
          lost = true;
          break;
        }
      } else if (byte === NEWLINE) this.#line++;
    }
    this.#at = at;
    this.#depth = depth;
    this.#blankLine = undefined;
    if (lost && this.#open) this.#giveUp(this.#open);
    else if (depth === this.#base) this.#finish(at);
  }

  #finish(end: number): void {
    const open = this.#open;
    if (!open || this.#bound(open, end)) return;
    this.#open = undefined;
    const { byteOffset, line, kept } = open;
    const bytes = kept ?? trimEnd(this.#window.subarray(byteOffset - this.#windowOffset, end));
    const fault = kept && { fault: tooLong(this.#windowOffset + end - byteOffset, this.#limits) };
    this.#slices.push({ byteOffset, line, bytes, ...fault });
  }

  /** Lets go of a record that is too long. True when its end turned out to be lost. */
  #bound(open: OpenRecord, end: number): boolean {
    const start = open.byteOffset - this.#windowOffset;
    const { maxRecordBytes, keptBytes } = this.#limits;
    if (open.kept || end - start <= maxRecordBytes) return false;
    const longest = this.#window.subarray(start, start + maxRecordBytes);
    if (open.column !== undefined && hasObjectLine(longest, open.column)) {
      this.#leave(open);
      return true;
    }
    open.kept = Buffer.from(longest.subarray(0, keptBytes));
    return false;
  }

  /** However the stream is cut, a record that is too long by now has been let go of before. */
  #giveUp(open: OpenRecord): void {
    if (!this.#bound(open, Math.min(this.#at, this.#window.length))) this.#leave(open);
  }

  #leave(open: OpenRecord): void {
    const { byteOffset, line, column, kept } = open;
    if (kept) this.#finish(this.#at);
    this.#open = undefined;
    const from = kept
      ? { byteOffset: this.#windowOffset + this.#at, line: this.#line }
      : { byteOffset, line };
    this.#fallback = new ColumnSplitter(this.#limits, from, kept ? "between" : "inside", column);
    this.#handedOver = this.#window.subarray(from.byteOffset - this.#windowOffset);
    this.#window = Buffer.alloc(0);
    this.#at = 0;
  }
}
