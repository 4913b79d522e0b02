import type { JsonObject } from "#lib/json.ts";
import { DEFAULT_LIMITS, type Limits } from "#lib/limits.ts";
import type { UnknownTable } from "./unknown-table.ts";

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
export type UnreadRecord = Place & {
  ok: false;
  bytes: Buffer;
  reason: UnreadReason;
  detail: string;
  /** Of a file in an archive that is a table of no known log. */
  table?: UnknownTable;
};

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
  | "unknown-line"
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
  | "csv-without-rows"
  | "too-many-columns"
  | "not-json-text"
  | "broken-archive"
  | "too-many-layers"
  | BrokenReason;
/** `detail` is what was seen instead: a format's name or the first characters. `table`: of `csv`. */
export type Unreadable = { reason: UnreadableReason; detail: string; table?: UnknownTable };

/** Bounds on one record, of which what is longer is rejected and its beginning kept, and on a whole delivery. */
export type ReadLimits = {
  maxRecordBytes: number;
  /** How much of a record that is too long is kept. */
  keptBytes: number;
  /** What may come out of all compressed streams of a delivery together. */
  maxInsideBytes: number;
  /** How many times its size may come out of a delivered file. */
  maxRatio: number;
  /** Files in one archive. */
  maxEntries: number;
  /** Layers around a log. */
  maxLayers: number;
  /** Objects and lists in one another in a record. */
  maxDepth: number;
};

const KEPT_BYTES = 64 * 1024;

export function readLimits(limits: Limits): ReadLimits {
  return {
    maxRecordBytes: limits.recordBytes,
    keptBytes: KEPT_BYTES,
    maxInsideBytes: limits.insideBytes,
    maxRatio: limits.ratio,
    maxEntries: limits.entries,
    maxLayers: limits.nesting,
    maxDepth: limits.jsonDepth,
  };
}

export const DEFAULT_READ_LIMITS: ReadLimits = readLimits(DEFAULT_LIMITS);
