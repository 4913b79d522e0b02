import type { ReadItem, ReadLimits } from "#lib/logs/read/record.ts";
import { readStored } from "#lib/logs/read/text-record.ts";
import { recordsIn } from "#lib/logs/read/unwrap.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import { type FoundEvent, type PipelineSettings, processRecords } from "./pipeline.ts";
import type { RawRecord } from "./raw-block.ts";

export type Rejection = { reason: RejectionReason; detail: string };

/** What a stored record says when it is read today. */
export type Reread = {
  /** One, but of a wrapper that was not known before several. */
  events: FoundEvent[];
  /** Why it, or something in it, is rejected. */
  rejection: Rejection | null;
};

/** Rejections of which the whole record is not kept, or not what stood around it: reading what is kept tells nothing new. */
const NOT_WHOLE: ReadonlySet<RejectionReason> = new Set<RejectionReason>([
  "too-long",
  "cut-off",
  "broken-row",
  "unreadable-entry",
  "broken-compression",
  "too-much-inside",
  "broken-archive",
  "too-many-layers",
  "empty",
  "binary",
  "csv",
  "csv-without-raw",
  "csv-without-rows",
  "too-many-columns",
  "not-json-text",
]);

/** Reasons that the record itself gives. The others hang on the file that it stood in as well. */
const OWN_REASONS: ReadonlySet<RejectionReason> = new Set<RejectionReason>([
  "unknown-log",
  "no-time",
  "no-operation",
  "too-deep",
]);

/** Whether a record that is still rejected is so for another reason than was known. */
export function isOtherReason(known: Rejection, now: Rejection): boolean {
  return OWN_REASONS.has(now.reason) && (now.reason !== known.reason || now.detail !== known.detail);
}

/** Whether a rejected record can be read again at all. */
export function isKeptWhole(reason: RejectionReason): boolean {
  return !NOT_WHOLE.has(reason);
}

/** Reads the stored record of an event again. */
export function rereadEvent(raw: RawRecord, settings: PipelineSettings): Reread {
  const read = readStored(raw.bytes);
  return process(
    [read.ok ? { ok: true, ...raw, value: read.value } : { ok: false, ...raw, ...read.reason }],
    settings,
  );
}

/** Reads a rejected record again: it may have been in a wrapper that is known now. */
export function rereadRejected(raw: RawRecord, settings: PipelineSettings, limits: ReadLimits): Reread {
  const { index, line, byteOffset, bytes, entry } = raw;
  const items = recordsIn({ line, byteOffset, bytes }, index, limits);
  return process(
    items.map((item) => ({ ...item, index, ...(entry !== undefined && { entry }) })),
    settings,
  );
}

function process(items: readonly ReadItem[], settings: PipelineSettings): Reread {
  const { events, rejected } = processRecords(items, settings);
  const [first] = rejected;
  return { events, rejection: first ? { reason: first.reason, detail: first.detail } : null };
}
