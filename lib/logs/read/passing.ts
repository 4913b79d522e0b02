import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  isSpace,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  stringEnd,
} from "./bytes.ts";
import type { Find } from "./seeker.ts";
import { isContainerKey } from "./unwrap.ts";

/** Tells by their bytes alone which records are looked for. */
export type Sieve = {
  /** Whether the record that begins here is of a kind that is told from others by its first bytes: `needles` decide on it. */
  isFamiliar(bytes: Buffer, at: number): boolean;
  /** A familiar record is wanted only if it has one of these, or a backslash. */
  needles: readonly Buffer[];
  /** What stands between two familiar records of a list: the end of the one, a comma, and how the other begins. */
  between: Buffer;
  /** Whether a record, familiar or not, is looked for: rather too often than too seldom. */
  isWanted(record: Buffer): boolean;
};

/** No key around records is longer. */
const LONGEST_KEY = 16;

/** Records that are passed over without being parsed, and counted. */
export class Passing {
  readonly sieve: Sieve;
  count = 0;

  constructor(sieve: Sieve) {
    this.sieve = sieve;
  }

  /** A chunk of a list in two where a familiar record begins: what follows is then not copied to stand behind the one in hand. */
  cut(chunk: Buffer): Buffer[] {
    const next = chunk.indexOf(this.sieve.between) + 1;
    return next === 0 ? [chunk] : [chunk.subarray(0, next), chunk.subarray(next)];
  }

  /** Counts a record that nobody looks for, and that is one and not several in a wrapper; else false. */
  over(record: Buffer): boolean {
    const isPassed = this.#isPlain(record) || (!this.sieve.isWanted(record) && !mayBeSeveral(record));
    if (isPassed) this.count++;
    return isPassed;
  }

  #isPlain(record: Buffer): boolean {
    const { isFamiliar, needles } = this.sieve;
    return (
      isFamiliar(record, 0) && !needles.some((needle) => record.includes(needle)) && !hidesRecords(record)
    );
  }
}

/** Whether a slice may hold more or fewer records than one: only a parser can count them. */
function mayBeSeveral(slice: Buffer): boolean {
  return slice[0] !== OPEN_OBJECT || (hidesRecords(slice) && hasContainerKey(slice));
}

/** Records stand in one another in a list, or in a text, where their quotes are escaped. */
function hidesRecords(slice: Buffer): boolean {
  return slice.includes(BACKSLASH) || listOfRecords(slice, 0) !== -1;
}

/** Where the next backslash stands, or the next list that may be one of records; -1 for nowhere. */
export const MARKS_OF_CONTAINERS: readonly Find[] = [
  (bytes, from) => bytes.indexOf(BACKSLASH, from),
  listOfRecords,
];

export function needleFinds({ needles }: Sieve): Find[] {
  return needles.map((needle) => (bytes, from) => bytes.indexOf(needle, from));
}

function listOfRecords(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(OPEN_LIST, from);
  while (at !== -1 && !isUnderContainerKey(bytes, at)) at = bytes.indexOf(OPEN_LIST, at + 1);
  return at;
}

/** Whether the list, or the text that begins with it, is the value of a key that records stand under. */
function isUnderContainerKey(bytes: Buffer, list: number): boolean {
  let at = backOverSpace(bytes, list);
  if (bytes[at] === QUOTE) at = backOverSpace(bytes, at);
  if (bytes[at] !== COLON) return false;
  const end = backOverSpace(bytes, at);
  let start = end - 1;
  while (start > end - LONGEST_KEY && start >= 0 && bytes[start] !== QUOTE) start--;
  return isContainerKey(bytes.toString("latin1", start + 1, Math.max(start + 1, end)));
}

function backOverSpace(bytes: Buffer, from: number): number {
  let at = from - 1;
  while (isSpace(bytes[at])) at--;
  return at;
}

function hasContainerKey(record: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < record.length; at++) {
    const byte = record[at];
    if (byte === QUOTE) {
      const end = stringEnd(record, at + 1);
      const isShort = depth === 1 && end - at <= LONGEST_KEY;
      if (isShort && isContainerKey(record.toString("latin1", at + 1, end))) return true;
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
  }
  return false;
}
