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
} from "./bytes.ts";
import { MARKS_OF_CONTAINERS, needleFinds, type Passing } from "./passing.ts";
import type { ReadLimits } from "./record.ts";
import { type Find, Seeker } from "./seeker.ts";

/** A backslash is among the marks: in what is passed over here a quote opens or closes a text. */
const OTHER_FINDS: readonly Find[] = [...MARKS_OF_CONTAINERS, (bytes, from) => bytes.indexOf(NEWLINE, from)];

/**
 * Passes over familiar records in a list without following their brackets: such a record ends where the next begins, when no
 * list in it is open there. (Where none is, an object can follow on a comma only outside of it.)
 */
export class ListSieve {
  readonly #passing: Passing;
  readonly #maxRecordBytes: number;
  readonly #seeker: Seeker;

  constructor(passing: Passing, { maxRecordBytes }: ReadLimits) {
    this.#passing = passing;
    this.#maxRecordBytes = maxRecordBytes;
    this.#seeker = new Seeker([...needleFinds(passing.sieve), ...OTHER_FINDS]);
  }

  /** The end of the record that begins here, which is passed over and counted; where it cannot be told so, the same place. */
  skip(bytes: Buffer, start: number): number {
    const { sieve } = this.#passing;
    if (!sieve.isFamiliar(bytes, start)) return start;
    const last = bytes.indexOf(sieve.between, start);
    const end = last + 1;
    if (last === -1 || end - start > this.#maxRecordBytes) return start;
    if (this.#seeker.isIn(bytes, start, end) || !isOneRecord(bytes.subarray(start, end))) return start;
    this.#passing.count++;
    return end;
  }
}

/**
 * Whether all lists in the bytes are closed in them, and no record ends before their end: between them, what follows on a
 * nested object is the next key. As far as it is certain which brackets stand in texts; where it is not, no.
 */
function isOneRecord(bytes: Buffer): boolean {
  let from = 0;
  for (let at = bytes.indexOf(OPEN_LIST); at !== -1; at = bytes.indexOf(OPEN_LIST, from)) {
    const end = inKey(bytes, at);
    if (end === undefined || !doObjectsGoOn(bytes, from, at)) return false;
    from = end + 1;
  }
  return doObjectsGoOn(bytes, from, bytes.length - 1);
}

/** Where the list that is a key's value ends, or the bracket that stands in a text; undefined where it is not clear. */
function inKey(bytes: Buffer, at: number): number | undefined {
  const before = bytes[at - 1];
  if (before === COLON) {
    return isWord(bytes[at - 3]) && bytes[at - 2] === QUOTE ? listEnd(bytes, at) : undefined;
  }
  return before === COMMA || before === OPEN_LIST || isSpace(before) ? undefined : at;
}

function doObjectsGoOn(bytes: Buffer, from: number, to: number): boolean {
  for (
    let at = bytes.indexOf(CLOSE_OBJECT, from);
    at !== -1 && at < to;
    at = bytes.indexOf(CLOSE_OBJECT, at + 1)
  ) {
    if (bytes[at + 1] !== CLOSE_OBJECT && !isNextKey(bytes, at + 1)) return false;
  }
  return true;
}

function isNextKey(bytes: Buffer, comma: number): boolean {
  if (bytes[comma] !== COMMA || bytes[comma + 1] !== QUOTE) return false;
  let end = comma + 2;
  while (isWord(bytes[end])) end++;
  return end > comma + 2 && bytes[end] === QUOTE && bytes[end + 1] === COLON;
}

/** What a key ends with, and no text that is a value begins behind. */
function isWord(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

function listEnd(bytes: Buffer, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = stringEnd(bytes, at + 1);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    if (depth === 0) return at;
  }
  return undefined;
}
