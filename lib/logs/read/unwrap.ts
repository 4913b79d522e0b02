import { at, type JsonObject } from "#lib/json.ts";
import { leadingSpace, OPEN_LIST, QUOTE, trimEnd } from "./bytes.ts";
import { holdsRecords, LIST_KEYS } from "./list-key.ts";
import type { Place, ReadItem, ReadLimits, ReadRecord } from "./record.ts";
import { type Slice, tooLong } from "./slice.ts";
import { JsonSplitter } from "./split-json.ts";
import { datedLine, isMark, recordOf } from "./text-record.ts";
import { valueBytes } from "./value-bytes.ts";
import { findWrapper, isRaw, WRAPPER_KEYS, type Wrapper } from "./wrapper.ts";

/** A shipper's wrapper around a cloud's around a text in a text is as far as honest logs go. */
const MAX_WRAPPERS = 4;

/**
 * The records of a slice, their indexes still to be given: itself, the elements of a list, or what a wrapper was put
 * around. What comes out of a wrapper stands where the wrapper stands, and its bytes are those of its own JSON text.
 */
export function recordsIn(slice: Slice, index: number, limits: ReadLimits): ReadItem[] {
  const item = recordOf(slice, index);
  if (item.ok && isPlain(item.value)) return [item];
  if (!item.ok && isMark(slice)) return [];
  if (!isList(item)) return unwrapped(item, limits, 0);
  return elementsOf(slice, limits).flatMap((element) => unwrapped(recordOf(element, index), limits, 0));
}

const FAMILIAR: ReadonlySet<string> = new Set([...LIST_KEYS.keys(), ...WRAPPER_KEYS]);

/** Nearly all records are: one look at each key must do. */
function isPlain(record: JsonObject): boolean {
  return !Object.keys(record).some(isContainerKey);
}

/** Whether records may stand under a key: a list of them, or one in a wrapper. */
export function isContainerKey(key: string): boolean {
  return FAMILIAR.has(key) || isRaw(key);
}

/** Whether it is a list of records, alone or in an object. */
function isList(item: ReadItem): boolean {
  return item.ok ? holdsRecords(item.value) : item.reason === "not-an-object" && item.bytes[0] === OPEN_LIST;
}

function elementsOf(slice: Slice, limits: ReadLimits): Slice[] {
  const splitter = new JsonSplitter(limits, slice);
  return [...splitter.push(slice.bytes), ...splitter.end()];
}

function unwrapped(item: ReadItem, limits: ReadLimits, depth: number): ReadItem[] {
  const wrapper = item.ok ? findWrapper(item.value) : undefined;
  if (!item.ok || !wrapper) return [item];
  const { value: _, ...rest } = item;
  if (depth >= MAX_WRAPPERS) {
    const detail = `more than ${MAX_WRAPPERS} wrappers around one another`;
    return [{ ...rest, ok: false, reason: "too-deep", detail }];
  }
  const dated = datedLine(item, wrapper.path);
  if (dated) return [dated];
  const inside = { ...rest, bytes: insideBytes(item, wrapper) };
  return readInside(inside, wrapper.path.join("."), limits, depth);
}

/** The records in a text that a table holds in the column called `name`. */
export function recordsInText(text: string, name: string, place: Place, limits: ReadLimits): ReadItem[] {
  return readInside({ ...place, bytes: trimmed(textBytes(text)) }, name, limits, 0);
}

/** A text's own bytes, or those of an object as they stand in the wrapper. */
function insideBytes(wrapping: ReadRecord, { path }: Wrapper): Buffer {
  const value = at(wrapping.value, ...path);
  if (typeof value === "string") return trimmed(textBytes(value));
  return trimmed(valueBytes(wrapping.bytes, path) ?? wrapping.bytes);
}

function trimmed(bytes: Buffer): Buffer {
  return trimEnd(bytes.subarray(leadingSpace(bytes)));
}

/** Half of a surrogate pair has no bytes; in JSON it can be written. */
function textBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  return Buffer.from(
    text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

type Inside = Omit<ReadRecord, "value" | "ok">;

/** `name` is that of the field, for people. */
function readInside(inside: Inside, name: string, limits: ReadLimits, depth: number): ReadItem[] {
  const { bytes, index } = inside;
  const slice: Slice = { ...inside, bytes };
  if (bytes.length > limits.maxRecordBytes) {
    slice.fault = tooLong(bytes.length, limits);
    slice.bytes = bytes.subarray(0, limits.keptBytes);
  }
  const item = recordOf(slice, index);
  if (item.ok && !isList(item)) return unwrapped(item, limits, depth + 1);
  if (!item.ok && item.reason === "not-an-object" && bytes[0] === QUOTE && depth + 1 < MAX_WRAPPERS) {
    const text = JSON.parse(bytes.toString("utf8")) as string;
    return readInside({ ...inside, bytes: trimmed(textBytes(text)) }, name, limits, depth + 1);
  }
  const mayBeSeveral = isList(item) || (!item.ok && item.reason === "not-json");
  const found = mayBeSeveral
    ? elementsOf(slice, limits).map((element) => recordOf({ ...element, ...placeOf(inside) }, index))
    : [];
  // Where records end in a text that is broken somewhere nobody can tell: it is kept as one.
  if (!isList(item) && !item.ok && (found.length < 2 || found.some(({ ok }) => !ok))) {
    return [{ ...item, detail: `${name}: ${item.detail}` }];
  }
  return found.flatMap((one) => unwrapped(one, limits, depth + 1));
}

function placeOf({ byteOffset, line }: Inside): { byteOffset: number; line: number } {
  return { byteOffset, line };
}
