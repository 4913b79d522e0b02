import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import type { ReadItem, ReadLimits, UnreadReason } from "./record.ts";
import type { Slice } from "./slice.ts";
import type { AnswerSlice } from "./split-query-answer.ts";
import { MAX_COLUMNS, MAX_NAME_LENGTH, namesOf } from "./table.ts";
import { wrongCount } from "./unknown-table.ts";
import { recordsIn } from "./unwrap.ts";

/** Columns of a table, with the JSON that stands before the value of each in a row that is written as an object. */
type Columns = { names: readonly string[]; before: readonly string[] };

/**
 * Makes records of the rows of a query's answer: each is an object of its columns' names and its own values, as they are written.
 * A row alone would tell nothing.
 */
export class QueryAnswer {
  readonly #limits: ReadLimits;
  /** Of the table in hand; a text says why there are none. */
  #columns: Columns | string = UNNAMED;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  recordsOf(slice: AnswerSlice, index: number): ReadItem[] {
    const { is, ...of } = slice;
    if (is === "columns" && !slice.open) {
      this.#columns = slice.fault ? slice.fault.detail : columnsIn(slice.bytes);
      return [];
    }
    if (is === "table") {
      this.#columns = UNNAMED;
      return [];
    }
    if (is === "document" || slice.fault) return recordsIn(of, index, this.#limits);
    if (is === "error" && !slice.open)
      return [unread(of, index, "cut-off", `its sender says that it is not whole: ${beginning(of)}`)];
    return this.#row(of, index);
  }

  #row(slice: Slice, index: number): ReadItem[] {
    const columns = this.#columns;
    if (slice.open) return [unread(slice, index, "cut-off", "the file ends within the row")];
    if (typeof columns === "string") return [unread(slice, index, "broken-row", columns)];
    if (!isUtf8(slice.bytes)) return [unread(slice, index, "not-utf8", "bytes that are not UTF-8")];
    const values = valuesIn(slice.bytes.toString("utf8"));
    if (!values) return [unread(slice, index, "broken-row", "the row is no list")];
    const wrong = wrongCount(values.length, columns.names);
    if (wrong !== undefined) return [unread(slice, index, "broken-row", wrong)];
    const text = values.map((value, at) => `${columns.before[at]}${value}`).join("");
    return recordsIn({ ...slice, bytes: Buffer.from(`${text || "{"}}`) }, index, this.#limits);
  }
}

const UNNAMED = "its table does not name its columns before its rows";
const SHOWN = 120;

function beginning({ bytes }: Slice): string {
  return bytes.toString("utf8").slice(0, SHOWN);
}

function unread(
  { byteOffset, line, bytes }: Slice,
  index: number,
  reason: UnreadReason,
  detail: string,
): ReadItem {
  return { ok: false, index, byteOffset, line, bytes, reason, detail };
}

/** The columns in the JSON of their list, or why they cannot be used. */
function columnsIn(bytes: Buffer): Columns | string {
  let list: JsonValue;
  try {
    list = JSON.parse(bytes.toString("utf8")) as JsonValue;
  } catch {
    return "the names of its columns are no JSON";
  }
  if (!Array.isArray(list)) return "the names of its columns are no list";
  if (list.length > MAX_COLUMNS) return `its table has more than ${MAX_COLUMNS} columns`;
  const given = list.map((column) => (isJsonObject(column) ? column.name : column));
  if (!given.every((name) => typeof name === "string")) return "a column of its table has no name";
  if (given.some((name) => name.length > MAX_NAME_LENGTH)) {
    return `the name of a column of its table is longer than ${MAX_NAME_LENGTH}`;
  }
  const names = namesOf(given);
  return { names, before: names.map((name, at) => `${at === 0 ? "{" : ","}${JSON.stringify(name)}:`) };
}

const DEEPER: ReadonlyMap<string | undefined, number> = new Map([
  ["[", 1],
  ["{", 1],
  ["]", -1],
  ["}", -1],
]);

/** The values of a list as they are written; undefined where there is none. A parser judges each. */
function valuesIn(row: string): string[] | undefined {
  if (!row.startsWith("[") || !row.endsWith("]")) return undefined;
  const values: string[] = [];
  let depth = 0;
  let from = 1;
  for (let at = 1; at < row.length - 1; at++) {
    const character = row[at];
    if (character === '"') at = closingQuote(row, at + 1);
    depth += DEEPER.get(character) ?? 0;
    if (character === "," && depth === 0) {
      values.push(row.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = row.slice(from, -1).trim();
  return last === "" && values.length === 0 ? [] : [...values, last];
}

function closingQuote(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
