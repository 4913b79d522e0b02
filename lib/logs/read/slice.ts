import type { ReadLimits, UnreadReason } from "./record.ts";

/** The bytes of one record, not parsed yet, and where they stand. */
export type Slice = {
  byteOffset: number;
  line: number;
  bytes: Buffer;
  /** Known to be unreadable before parsing. */
  fault?: { reason: UnreadReason; detail: string };
  /** The file ended before the record did. */
  open?: true;
};

/** Takes the stream piece by piece, however it is cut, and gives the same slices, one at a time as they are asked for. */
export type Splitter = {
  push(chunk: Buffer): Iterable<Slice>;
  end(): Iterable<Slice>;
};

/** Where in the stream a splitter begins. */
export type Start = { byteOffset: number; line: number };
export const STREAM_START: Start = { byteOffset: 0, line: 1 };

/** A record whose end was not found yet. */
export type OpenRecord = Start & {
  /** White space before it on its line; undefined when something else stands there. */
  column: number | undefined;
  /** A number, `true`, or rubbish where a record should stand: ends at the next delimiter. */
  bare: boolean;
  /** The beginning of a record that is too long: its end is still looked for, but nothing more is kept. */
  kept: Buffer | undefined;
};

export function tooLong(length: number, { maxRecordBytes }: ReadLimits): NonNullable<Slice["fault"]> {
  return { reason: "too-long", detail: `${length} bytes; a record may have ${maxRecordBytes}` };
}

/** Where the file ended: its list of records is still open. */
export function unclosed(place: Start): Slice {
  const detail = "the file ends before its list of records is closed";
  return { ...place, bytes: Buffer.alloc(0), fault: { reason: "cut-off", detail } };
}

/** Many small pieces would take more room than what they hold: so many are joined to one. */
const SMALL_PIECES = 4096;

/** Collects the pieces of one record and keeps no more of it than a record may have. */
export class Piecewise {
  readonly #limits: ReadLimits;
  #joined: Buffer[] = [];
  #small: Buffer[] = [];
  #held = 0;
  #length = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    const room = this.#limits.maxRecordBytes - this.#held;
    if (piece.length === 0 || room <= 0) return;
    const kept = piece.subarray(0, room);
    this.#held += kept.length;
    this.#small.push(kept);
    if (this.#small.length < SMALL_PIECES) return;
    this.#joined.push(Buffer.concat(this.#small));
    this.#small = [];
  }

  /** What was collected, and the fault of being too long; empty again afterwards. */
  take(): Pick<Slice, "bytes" | "fault"> {
    const pieces = [...this.#joined, ...this.#small];
    const [only, ...others] = pieces;
    const bytes = only && others.length === 0 ? only : Buffer.concat(pieces);
    const length = this.#length;
    this.#joined = [];
    this.#small = [];
    this.#held = 0;
    this.#length = 0;
    const { maxRecordBytes, keptBytes } = this.#limits;
    if (length <= maxRecordBytes) return { bytes };
    return { bytes: bytes.subarray(0, keptBytes), fault: tooLong(length, this.#limits) };
  }
}
