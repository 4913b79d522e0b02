import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import type { Place, ReadItem } from "./record.ts";
import type { Slice } from "./slice.ts";

/** A run of digits that a double may not hold. */
const LONG_NUMBER = /\d{16}/;
const DETAIL_LENGTH = 200;

/** The record in a slice, or why there is none. */
export function parseSlice(slice: Slice, index: number): ReadItem {
  const place: Place = { index, byteOffset: slice.byteOffset, line: slice.line };
  const { bytes, fault } = slice;
  if (fault) return { ok: false, ...place, bytes, ...fault };
  if (!isUtf8(bytes)) {
    return { ok: false, ...place, bytes, reason: "not-utf8", detail: "bytes that are not UTF-8" };
  }
  let value: JsonValue;
  try {
    value = parseJson(bytes.toString("utf8"));
  } catch (error) {
    const reason = slice.open ? "cut-off" : "not-json";
    return {
      ok: false,
      ...place,
      bytes,
      reason,
      detail: String((error as Error).message).slice(0, DETAIL_LENGTH),
    };
  }
  if (!isJsonObject(value)) {
    return { ok: false, ...place, bytes, reason: "not-an-object", detail: `the record is ${kindOf(value)}` };
  }
  return { ok: true, ...place, bytes, value };
}

/** JSON.parse, but a number that a double would change comes back as its text. */
function parseJson(text: string): JsonValue {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text) as JsonValue;
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === "number" && context?.source !== undefined && changes(value, context.source)
      ? context.source
      : value,
  ) as JsonValue;
}

function changes(value: number, source: string): boolean {
  return Number.isInteger(value)
    ? !Number.isSafeInteger(value)
    : !Number.isFinite(value) || source.length > 18;
}

function kindOf(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "true or false" }[typeof value as "string"] ??
    typeof value
  );
}
