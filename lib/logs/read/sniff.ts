import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isSpace, NEWLINE, OPEN_LIST, OPEN_OBJECT, trimEnd } from "./bytes.ts";
import type { LogForm } from "./form.ts";
import { holdsRecords } from "./list-key.ts";
import { holdsTooMuch, parseSlice } from "./parse.ts";
import { DEFAULT_READ_LIMITS, type ReadLimits, type Unreadable } from "./record.ts";
import { JsonSplitter } from "./split-json.ts";
import { beginsQueryAnswer } from "./split-query-answer.ts";
import { sniffTable, type Table } from "./table.ts";
import { textLine } from "./text-line.ts";
import type { KnowsTable } from "./unknown-table.ts";
import { findWrapper, type Sender } from "./wrapper.ts";

/** How much of a stream is looked at before its shape is decided. */
export const SNIFF_BYTES = 1024 * 1024;

/** Formats that are recognised only to be named. */
const MAGIC: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ["bzip2-compressed", [0x42, 0x5a, 0x68]],
  ["xz-compressed", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a PDF", [0x25, 0x50, 0x44, 0x46]],
  ["an Excel workbook or another OLE file", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a Parquet file", [0x50, 0x41, 0x52, 0x31]],
];

type JsonShape = Exclude<LogForm["shape"], "csv" | "files">;
export type Shape = JsonShape | Table;

/**
 * Tells the shape of a stream from its beginning: `head` holds SNIFF_BYTES of it, or all of it when `whole`. The answer
 * depends on these bytes and on the tables that are known, never on a file's name.
 */
export function sniff(head: Buffer, whole: boolean, knows: KnowsTable): Outcome<Shape, Unreadable> {
  let start = 0;
  while (isSpace(head[start])) start++;
  if (start === head.length) return failure({ reason: "empty", detail: "nothing but white space" });

  const magic = MAGIC.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (magic) return failure({ reason: "binary", detail: magic[0] });

  if (beginsQueryAnswer(head)) return success("query-answer");
  const opens = head[start] === OPEN_OBJECT || head[start] === OPEN_LIST;
  const lines = firstLines(head, whole);
  return opens ? success(shapeOf(head.subarray(start), lines, whole)) : sniffLines(head, whole, lines, knows);
}

/** Of a stream that does not begin with a bracket. */
function sniffLines(
  head: Buffer,
  whole: boolean,
  lines: readonly Buffer[],
  knows: KnowsTable,
): Outcome<Shape, Unreadable> {
  const [firstLine] = lines;
  if (firstLine && isText(head) && isTextLine(firstLine)) return success("text-lines");
  const table = !head.includes(0) && !isProse(lines[0]) ? sniffTable(head, whole, knows) : undefined;
  if (table?.ok) return table;
  if (lines.some(isRecord)) return success("json-lines");
  if (!isText(head)) return failure({ reason: "binary", detail: "bytes that are no text" });
  if (lines.slice(0, TEXT_LINES).some(isTextLine)) return success("text-lines");
  return table ?? failure({ reason: "not-json-text", detail: beginningOf(lines[0] ?? head) });
}

/** A daemon tells of its start before it tells of anything else. */
const TEXT_LINES = 200;

function isTextLine(line: Buffer): boolean {
  return textLine(line.toString("utf8").trim()) !== undefined;
}

/** Who put a wrapper around the first record of a log, as far as its beginning shows. */
export function senderOf(head: Buffer, shape: Shape, limits: ReadLimits): Sender | null {
  if (typeof shape !== "string") return shape.sender;
  if (shape === "query-answer") return null;
  const splitter = new JsonSplitter(limits);
  const first = firstOf(splitter.push(head)) ?? firstOf(splitter.end());
  const item = first && parseSlice(first, 1);
  return (item?.ok && findWrapper(item.value)?.sender) || null;
}

/** Of a stream that begins with a bracket. One record a line, unless the first line says otherwise. */
function shapeOf(head: Buffer, lines: readonly Buffer[], whole: boolean): JsonShape {
  const [first] = lines;
  if (first === undefined) return "json";
  const value = tryParse(first);
  if (value !== undefined) return isJsonObject(value) && !holdsRecords(value) ? "json-lines" : "json";
  if (readsAsJson(head, whole)) return "json";
  return lines.some(isRecord) ? "json-lines" : "json";
}

/** Whoever has not said by then what a file is will not. */
const MOST_LINES = 10_000;

/** The first complete lines of `head` that are not blank. */
function firstLines(head: Buffer, whole: boolean): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = head.indexOf(NEWLINE); at !== -1; at = head.indexOf(NEWLINE, from)) {
    if (at > from) pushLine(lines, head.subarray(from, at));
    from = at + 1;
    if (lines.length === MOST_LINES) return lines;
  }
  if (whole) pushLine(lines, head.subarray(from));
  return lines;
}

function pushLine(lines: Buffer[], line: Buffer): void {
  if (trimEnd(line).length > 0) lines.push(line);
}

function tryParse(line: Buffer): JsonValue | undefined {
  if (holdsTooMuch(line)) return undefined;
  try {
    return JSON.parse(line.toString("utf8")) as JsonValue;
  } catch {
    return undefined;
  }
}

function isRecord(line: Buffer): boolean {
  return isJsonObject(tryParse(line));
}

/** Whether the first value that spans lines is sound, as far as `head` shows it. */
function readsAsJson(head: Buffer, whole: boolean): boolean {
  const splitter = new JsonSplitter(DEFAULT_READ_LIMITS);
  const first = firstOf(splitter.push(head)) ?? (whole ? firstOf(splitter.end()) : undefined);
  return first === undefined || (first.fault === undefined && isRecord(first.bytes));
}

function firstOf<Item>(items: Iterable<Item>): Item | undefined {
  for (const item of items) return item;
  return undefined;
}

function isText(head: Buffer): boolean {
  return !head.includes(0) && isUtf8(withoutCutCharacter(head));
}

function isProse(firstLine: Buffer | undefined): boolean {
  return firstLine !== undefined && /[.!?]$/.test(beginningOf(firstLine));
}

function beginningOf(line: Buffer): string {
  return line.toString("utf8").trim().slice(0, 120);
}

/** `head` may end inside a character. */
function withoutCutCharacter(head: Buffer): Buffer {
  return trimEnd(head, (byte) => byte !== undefined && byte >= 0x80);
}
