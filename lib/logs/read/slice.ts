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

/** Takes the stream piece by piece, however it is cut, and gives the same slices. */
export type Splitter = {
  push(chunk: Buffer): Slice[];
  end(): Slice[];
};

/** Where in the stream a splitter begins. */
export type Start = { byteOffset: number; line: number };
export const STREAM_START: Start = { byteOffset: 0, line: 1 };

/** Collects the pieces of one record and keeps no more of it than a record may have. */
export class Piecewise {
  readonly #limits: ReadLimits;
  #pieces: Buffer[] = [];
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
    this.#pieces.push(kept);
    this.#held += kept.length;
  }

  /** What was collected, and the fault of being too long; empty again afterwards. */
  take(): Pick<Slice, "bytes" | "fault"> {
    const [only, ...others] = this.#pieces;
    const bytes = only && others.length === 0 ? only : Buffer.concat(this.#pieces);
    const length = this.#length;
    this.#pieces = [];
    this.#held = 0;
    this.#length = 0;
    const { maxRecordBytes, keptBytes } = this.#limits;
    if (length <= maxRecordBytes) return { bytes };
    const detail = `${length} bytes; a record may have ${maxRecordBytes}`;
    return { bytes: bytes.subarray(0, keptBytes), fault: { reason: "too-long", detail } };
  }
}
