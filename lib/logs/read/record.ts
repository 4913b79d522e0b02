import type { JsonObject } from "#lib/json.ts";

/** Where a record stands in the file that was delivered, after decompression. */
export type Place = {
  /** 1-based. Blank lines do not count, unreadable records do. */
  index: number;
  /** Of the record's first byte. */
  byteOffset: number;
  /** 1-based, of the record's first byte. */
  line: number;
  /** The file in the delivered archive that byte and line are of. */
  entry?: string;
};

/** One record as it stood in its innermost container. */
export type ReadRecord = Place & { ok: true; bytes: Buffer; value: JsonObject };

/** A record that could not be read. `bytes` may be cut: then `detail` says how long the record was. */
export type UnreadRecord = Place & { ok: false; bytes: Buffer; reason: UnreadReason; detail: string };

export type ReadItem = ReadRecord | UnreadRecord;

export type UnreadReason =
  | "not-json"
  | "not-an-object"
  | "not-utf8"
  | "too-long"
  | "too-many-values"
  | "too-deep"
  | "cut-off"
  | "broken-row"
  | "unreadable-entry"
  | UnreadableReason;

/** Why a stream breaks off that something comes out of. */
export type BrokenReason = "broken-compression" | "too-much-inside";

/** Why a whole file, or one of an archive, holds nothing to read. */
export type UnreadableReason =
  | "empty"
  | "binary"
  | "csv"
  | "csv-without-raw"
  | "not-json-text"
  | "broken-archive"
  | "too-many-layers"
  | BrokenReason;
/** `detail` is what was seen instead: a format's name or the first characters. */
export type Unreadable = { reason: UnreadableReason; detail: string };

/** Bounds on one record, of which what is longer is rejected and its beginning kept, and on a whole delivery. */
export type ReadLimits = {
  maxRecordBytes: number;
  /** How much of a record that is too long is kept. */
  keptBytes: number;
  /** What may come out of all compressed streams of a delivery together. */
  maxInsideBytes: number;
};

/**
 * CloudTrail's records end at 256 kB and Azure's at 1 MB; wrapped ones are a little longer. A terabyte out of one delivery
 * takes days to read, and ends.
 */
export const DEFAULT_READ_LIMITS: ReadLimits = {
  maxRecordBytes: 2 * 1024 * 1024,
  keptBytes: 64 * 1024,
  maxInsideBytes: 1024 ** 4,
};
