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
    if (this.#seeker.isIn(bytes, start, end) || !areListsClosed(bytes.subarray(start, end))) return start;
    this.#passing.count++;
    return end;
  }
}

/** Whether all lists in the bytes are closed in them, as far as it is certain which brackets stand in texts. */
function areListsClosed(bytes: Buffer): boolean {
  let at = bytes.indexOf(OPEN_LIST);
  while (at !== -1) {
    const before = bytes[at - 1];
    let end: number | undefined = at;
    if (before === COLON)
      end = isWord(bytes[at - 3]) && bytes[at - 2] === QUOTE ? listEnd(bytes, at) : undefined;
    else if (before === COMMA || before === OPEN_LIST || isSpace(before)) end = undefined;
    if (end === undefined) return false;
    at = bytes.indexOf(OPEN_LIST, end + 1);
  }
  return true;
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
