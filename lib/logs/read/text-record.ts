import { at, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { leadingSpace, trimEnd } from "./bytes.ts";
import { parseSlice } from "./parse.ts";
import type { ReadItem, ReadRecord, UnreadReason } from "./record.ts";
import type { Slice } from "./slice.ts";
import { needsDate, textLine } from "./text-line.ts";
import { findWrapper, type Wrapper } from "./wrapper.ts";

/** The mark of UTF-8, which stands in the middle of files that were put together of several. */
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

function beginsWithBom(bytes: Buffer): boolean {
  return bytes.subarray(0, BOM.length).equals(BOM);
}

/** Whether there is nothing in a slice but such a mark. */
export function isMark({ bytes }: Slice): boolean {
  return bytes.equals(BOM);
}

/** The record in a slice: a JSON object, or a line of a log that comes as text. */
export function recordOf(slice: Slice, index: number): ReadItem {
  const item = parseSlice(slice, index);
  if (!item.ok && item.bytes.length > BOM.length && beginsWithBom(item.bytes)) {
    const { bytes, byteOffset } = slice;
    return recordOf(
      { ...slice, byteOffset: byteOffset + BOM.length, bytes: bytes.subarray(BOM.length) },
      index,
    );
  }
  const mayBeText = !item.ok && !slice.fault && (item.reason === "not-json" || item.reason === "cut-off");
  const value = mayBeText ? textLine(item.bytes.toString("utf8")) : undefined;
  if (item.ok || !value) return item;
  const { reason: _, detail: __, ...rest } = item;
  return { ...rest, ok: true, value };
}

/** When a shipper had a line, by the names that shippers give it. */
const TIMES = [
  ...["_messagetime", "_messageTime", "_time", "@timestamp", "timestamp"],
  ...["time", "date", "_receipttime"],
];

/**
 * A line that has the time of a clock alone, in a wrapper that says when it came: both are the record, for without the
 * wrapper nobody could tell the day.
 */
export function datedLine(wrapping: ReadRecord, path: Wrapper["path"]): ReadRecord | undefined {
  const value = datedValue(wrapping.value, path);
  return value && { ...wrapping, value };
}

function datedValue(wrapping: JsonObject, path: Wrapper["path"]): JsonObject | undefined {
  const text = at(wrapping, ...path);
  const line = typeof text === "string" ? needsDate(text) : undefined;
  if (!line) return undefined;
  const received = timeIn(at(wrapping, ...path.slice(0, -1))) ?? timeIn(wrapping);
  return received === undefined ? undefined : { ...line, received };
}

function timeIn(holder: JsonValue | undefined): JsonValue | undefined {
  return TIMES.map((name) => at(holder, name)).find(
    (value) => typeof value === "number" || (typeof value === "string" && value !== ""),
  );
}

/** What a record says that was stored as it was read. Fails as reading it would have. */
export function readStored(bytes: Buffer): Outcome<JsonObject, { reason: UnreadReason; detail: string }> {
  const trimmed = trimEnd(bytes.subarray(leadingSpace(bytes)));
  const item = recordOf({ byteOffset: 0, line: 1, bytes: trimmed }, 1);
  if (!item.ok) return failure({ reason: item.reason, detail: item.detail });
  const wrapper = findWrapper(item.value);
  return success((wrapper && datedValue(item.value, wrapper.path)) ?? item.value);
}

const LINE_SHOWN = 120;

/** Among lines of text nobody looks for JSON. */
export function asTextLine(item: ReadItem): ReadItem {
  const isUnknown = !item.ok && (item.reason === "not-json" || item.reason === "cut-off");
  if (!isUnknown) return item;
  return { ...item, reason: "unknown-line", detail: item.bytes.toString("utf8").slice(0, LINE_SHOWN) };
}
