import type { UnnormalizedReason } from "./normalize/event.ts";
import type { UnreadableReason, UnreadReason } from "./read/record.ts";

export type RejectionReason = UnreadReason | UnnormalizedReason;

/** Why a whole file could not be read, for people. */
export const UNREADABLE_SENTENCES = {
  empty: "The file is empty.",
  binary: "The file is no log in JSON, CSV or text.",
  csv: "The file is a CSV table with columns that are not known. Export the log as JSON, or upload it and say there which column holds what.",
  "csv-without-rows": "The file is a CSV table that has names of columns and no rows.",
  "too-many-columns": "The file is a CSV table with more columns than any log has.",
  "csv-without-raw":
    "This export of Sumo Logic leaves out the messages themselves (the column _raw). Export again with “Export (All Fields)”.",
  "not-json-text":
    "The file is text, but neither JSON nor a CSV table, nor a log that Barnacle knows as text.",
  "broken-compression": "The file begins like a compressed file, but cannot be decompressed.",
  "broken-archive": "The file begins like a zip archive, but its directory cannot be read.",
  "too-many-layers": "Archives lie in archives deeper than any log.",
  "too-much-inside": "More comes out of the file than any log compresses to.",
} as const satisfies Record<UnreadableReason, string>;

/** Why a record was rejected, for people. The detail that is kept with it says what was seen. */
export const REJECTION_SENTENCES = {
  ...UNREADABLE_SENTENCES,
  "not-json": "This is not valid JSON.",
  "not-an-object": "A record must be a JSON object.",
  "not-utf8": "The text is not UTF-8.",
  "too-long": "The record is longer than a record may be.",
  "too-many-values": "The record holds more values than a record may hold.",
  "cut-off": "The file breaks off here.",
  "unreadable-entry": "A file in the archive could not be opened.",
  "broken-row": "The row does not fit the table.",
  "unknown-line": "The line is none of a log that Barnacle knows as text.",
  "broken-compression": "The compressed stream is damaged from here on.",
  "too-much-inside": "More comes out of the delivery than any log compresses to: the rest was left unread.",
  "unknown-log": "This is no log that Barnacle knows.",
  "no-time": "The record has no readable time.",
  "no-operation": "The record does not say which operation it tells of.",
  "too-deep": "The record is nested deeper than any log.",
} as const satisfies Record<RejectionReason, string>;
