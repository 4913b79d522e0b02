import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import { COMMA, endsInside, OPEN_LIST, OPEN_OBJECT } from "./bytes.ts";
import type { Place, ReadItem, UnreadReason } from "./record.ts";
import type { Slice } from "./slice.ts";

/** An exponent that a double may not hold. */
const LONG_EXPONENT = /\d[eE][+-]?\d{3,}[\s,}\]]/;
/** So many digits a double may not hold. */
const MANY_DIGITS = 16;
const DETAIL_LENGTH = 200;

/** No log comes near: a record of the greatest length holds so many only when each takes less than 20 bytes. */
export const MAX_VALUES = 100_000;

/** The record in a slice, or why there is none. */
export function parseSlice(slice: Slice, index: number): ReadItem {
  const place: Place = { index, byteOffset: slice.byteOffset, line: slice.line };
  const { bytes, fault } = slice;
  if (fault) return { ok: false, ...place, bytes, ...fault };
  if (!isUtf8(bytes)) {
    return { ok: false, ...place, bytes, reason: "not-utf8", detail: "bytes that are not UTF-8" };
  }
  if (holdsTooMuch(bytes)) {
    const detail = `more than ${MAX_VALUES} commas and opening brackets`;
    return { ok: false, ...place, bytes, reason: "too-many-values", detail };
  }
  let value: JsonValue;
  try {
    value = parseJson(bytes.toString("utf8"));
  } catch (error) {
    return {
      ok: false,
      ...place,
      bytes,
      reason: reasonOf(error, slice),
      detail: String((error as Error).message).slice(0, DETAIL_LENGTH),
    };
  }
  if (!isJsonObject(value)) {
    return { ok: false, ...place, bytes, reason: "not-an-object", detail: `the record is ${kindOf(value)}` };
  }
  return { ok: true, ...place, bytes, value };
}

/**
 * Whether a parser would make more values of these bytes than it should: of two bytes each, they take 60 times the room
 * of their text. What stands in texts counts too, for logs keep JSON in them.
 */
export function holdsTooMuch(bytes: Buffer): boolean {
  if (bytes.length <= MAX_VALUES) return false;
  let values = 0;
  for (let at = 0; at < bytes.length && values <= MAX_VALUES; at++) {
    const byte = bytes[at];
    if (byte === COMMA || byte === OPEN_OBJECT || byte === OPEN_LIST) values++;
  }
  return values > MAX_VALUES;
}

/** The parser goes as deep as it likes, but a reviver only as deep as the stack. */
function reasonOf(error: unknown, { open, bytes }: Slice): UnreadReason {
  if (error instanceof RangeError) return "too-deep";
  return open && endsInside(bytes) ? "cut-off" : "not-json";
}

/** JSON.parse, but a number that a double would change comes back as its text. */
function parseJson(text: string): JsonValue {
  if (!holdsLongNumber(text)) return JSON.parse(text) as JsonValue;
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === "number" && context?.source !== undefined && changes(value, context.source)
      ? context.source
      : value,
  ) as JsonValue;
}

/** Whether there is a number in a text, in a string or outside, that a double may change. */
export function holdsLongNumber(text: string): boolean {
  // Such a run of digits covers one of these places: to look at each of the others takes ten times as long.
  for (let at = MANY_DIGITS - 1; at < text.length; at += MANY_DIGITS) {
    if (!isDigit(text, at)) continue;
    let from = at;
    while (from > 0 && isDigit(text, from - 1)) from--;
    let to = at + 1;
    while (to - from < MANY_DIGITS && isDigit(text, to)) to++;
    if (to - from >= MANY_DIGITS) return true;
  }
  return LONG_EXPONENT.test(text);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function changes(value: number, source: string): boolean {
  if (value === 0) return vanishes(source);
  return Number.isInteger(value)
    ? !Number.isSafeInteger(value)
    : !Number.isFinite(value) || source.length > 18;
}

/** Too small for a double, but not nothing: `1e-400`. */
function vanishes(source: string): boolean {
  return /[1-9]/.test(source.split(/[eE]/, 1)[0] ?? "");
}

function kindOf(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "true or false" }[typeof value as "string"] ??
    typeof value
  );
}
