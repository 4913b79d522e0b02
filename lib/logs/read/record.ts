import type { JsonObject } from "#lib/json.ts";

/** Where a record stands in the file that was delivered, after decompression. */
export type Place = {
  /** 1-based. Blank lines do not count, unreadable records do. */
  index: number;
  /** Of the record's first byte. */
  byteOffset: number;
  /** 1-based, of the record's first byte. */
  line: number;
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
  | "broken-compression";

/** Why a whole file holds nothing to read. */
export type UnreadableReason =
  | "empty"
  | "binary"
  | "csv"
  | "csv-without-raw"
  | "not-json-text"
  | "broken-compression";
/** `detail` is what was seen instead: a format's name or the first characters. */
export type Unreadable = { reason: UnreadableReason; detail: string };

/** What the reader saw. */
export type LogForm = { compression: "none" | "gzip"; shape: "json-lines" | "json" | "csv" };

/** Bounds on one record. What is longer is rejected, its beginning kept. */
export type ReadLimits = {
  maxRecordBytes: number;
  /** How much of a record that is too long is kept. */
  keptBytes: number;
};

/** CloudTrail's records end at 256 kB and Azure's at 1 MB; wrapped ones are a little longer. */
export const DEFAULT_READ_LIMITS: ReadLimits = { maxRecordBytes: 2 * 1024 * 1024, keptBytes: 64 * 1024 };
