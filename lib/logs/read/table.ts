import { isUtf8 } from "node:buffer";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import {
  DEFAULT_READ_LIMITS,
  type Place,
  type ReadItem,
  type ReadLimits,
  type ReadRecord,
  type Unreadable,
} from "./record.ts";
import type { Slice } from "./slice.ts";
import { fieldsOf, RowSplitter } from "./split-rows.ts";
import { needsDate } from "./text-line.ts";
import { datedLine } from "./text-record.ts";
import {
  isTabular,
  type KnowsTable,
  SAMPLE_ROWS,
  type SampleRow,
  sampleOf,
  wrongCount,
} from "./unknown-table.ts";
import { recordsInText } from "./unwrap.ts";
import type { Sender } from "./wrapper.ts";

const DELIMITERS = [",", ";", "\t"] as const;
/** No log has so many; each row would repeat all their names. */
export const MAX_COLUMNS = 2000;
const COLUMNS_SHOWN = 40;
export const MAX_NAME_LENGTH = 200;

/** Columns that hold a whole record as JSON, by their names in lower case: the first of them that a table has counts. */
const RECORD_COLUMNS: readonly string[] = [
  "_raw",
  "cloudtrailevent",
  "eventjson",
  "event.original",
  "@message",
  "message",
];

/** Many a table has words in a column of this name. */
const MAY_BE_WORDS: ReadonlySet<string> = new Set(["event.original", "@message", "message"]);
const JSON_TEXT = /^\s*(?:"\s*)?[{[]/;

/** Columns, in lower case, that a table of a known log has: each of its rows is a record. */
const KNOWN_TABLES: readonly (readonly string[])[] = [
  // CloudTrail Lake, Athena, and Sentinel's AWSCloudTrail.
  ["eventname", "eventsource"],
  // AzureActivity in Log Analytics.
  ["operationnamevalue"],
  // ContainerRegistryRepositoryEvents and ContainerRegistryLoginEvents.
  ["operationname", "loginserver"],
  // AKSAudit and AKSAuditAdmin.
  ["auditid", "verb", "objectref"],
];

/** A table of which the columns are known. */
export type Table = {
  delimiter: (typeof DELIMITERS)[number];
  columns: readonly string[];
  /** The column that holds the whole record; undefined where the columns are its fields. */
  recordColumn: number | undefined;
  sender: Sender | null;
};

/**
 * The table that begins with these bytes, if the first row can be one's names at all. `whole`: there is nothing behind
 * them. `knows` is asked of a table of no known log.
 */
export function sniffTable(
  head: Buffer,
  whole: boolean,
  knows: KnowsTable,
): Outcome<Table, Unreadable> | undefined {
  const candidates = DELIMITERS.map((delimiter) => ({ delimiter, columns: namesIn(head, delimiter) }));
  const [best] = candidates.sort((a, b) => b.columns.length - a.columns.length);
  if (!best) return undefined;
  const { delimiter, columns } = best;
  const names = columns.map((name) => name.toLowerCase());
  if (columns.length > MAX_COLUMNS) return tooManyColumns(columns);
  const sample = sampleOf(firstRows(head, delimiter, whole), columns, delimiter);
  const isSumo = names.includes("_messagetime") || names.includes("_messagetimems");
  const recordColumn = recordColumnIn(names, sample);
  if (recordColumn !== undefined) {
    return success({ delimiter, columns, recordColumn, sender: isSumo ? "sumo" : null });
  }
  // What cannot be told from prose is none: a table has names, and more than one.
  if (columns.length < 2 || columns.some((name) => name.length > MAX_NAME_LENGTH)) return undefined;
  if (isSumo) return failure({ reason: "csv-without-raw", detail: shown(columns) });
  const table = { columns, sample };
  const isKnown = KNOWN_TABLES.some((needed) => needed.every((name) => names.includes(name)));
  if (isKnown || knows(table)) return success({ delimiter, columns, recordColumn: undefined, sender: null });
  if (!isTabular(table)) return undefined;
  const isEmpty = sample.length === 0 && whole;
  return failure({ reason: isEmpty ? "csv-without-rows" : "csv", detail: shown(columns), table });
}

function tooManyColumns(columns: readonly string[]): Outcome<Table, Unreadable> | undefined {
  if (columns.some((name) => name.length > MAX_NAME_LENGTH)) return undefined;
  const begin = columns.slice(0, 3).map((name) => name.slice(0, 40));
  const detail = `more than ${MAX_COLUMNS} columns, which begin ${begin.join(", ")}`;
  return failure({ reason: "too-many-columns", detail });
}

function recordColumnIn(names: readonly string[], sample: readonly SampleRow[]): number | undefined {
  const holdsJson = (at: number) =>
    sample.length === 0 || sample.some((row) => "cells" in row && JSON_TEXT.test(row.cells[at] ?? ""));
  return RECORD_COLUMNS.map((name) => names.indexOf(name)).find(
    (at) => at !== -1 && (!MAY_BE_WORDS.has(names[at] ?? "") || holdsJson(at)),
  );
}

function namesIn(head: Buffer, delimiter: string): string[] {
  const splitter = new RowSplitter(delimiter.charCodeAt(0), DEFAULT_READ_LIMITS);
  for (const row of rowsOf(splitter, head, true)) {
    if (row.fault || !isUtf8(row.bytes)) return [];
    return namesOf(fieldsOf(row.bytes.toString("utf8"), delimiter) ?? []);
  }
  return [];
}

/** The rows behind the names that are there to their end. */
function firstRows(head: Buffer, delimiter: string, whole: boolean): Slice[] {
  const splitter = new RowSplitter(delimiter.charCodeAt(0), DEFAULT_READ_LIMITS);
  const rows: Slice[] = [];
  for (const row of rowsOf(splitter, head, whole)) {
    rows.push(row);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows.slice(1);
}

function* rowsOf(splitter: RowSplitter, head: Buffer, whole: boolean): Generator<Slice> {
  yield* splitter.push(head);
  if (whole) yield* splitter.end();
}

/** What columns are called, each by a name of its own. */
export function namesOf(columns: readonly string[]): string[] {
  return distinct(columns.map(columnName));
}

/** A name that stands twice would take the place of the first. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  return names.map((name) => {
    let times = (seen.get(name) ?? 0) + 1;
    let own = times === 1 ? name : `${name} (${times})`;
    while (taken.has(own)) own = `${name} (${++times})`;
    seen.set(name, times);
    taken.add(own);
    return own;
  });
}

/** The Azure portal says in the name of a column of times that they are UTC. */
function columnName(text: string): string {
  return text.trim().replace(/ \[UTC\]$/, "");
}

function shown(columns: readonly string[]): string {
  const names = columns.slice(0, COLUMNS_SHOWN).map((name) => name.slice(0, 40));
  const more = columns.length - names.length;
  return `its columns are ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * The records of a row: those in the column that holds them, or the row itself, which without the names of its columns
 * would mean nothing, as an object of texts.
 */
export function recordsInRow(row: Slice, index: number, table: Table, limits: ReadLimits): ReadItem[] {
  const { bytes, fault } = row;
  const place = { index, byteOffset: row.byteOffset, line: row.line };
  if (fault) return [{ ok: false, ...place, bytes, ...fault }];
  if (!isUtf8(bytes))
    return [{ ok: false, ...place, bytes, reason: "not-utf8", detail: "bytes that are not UTF-8" }];
  const fields = fieldsOf(bytes.toString("utf8"), table.delimiter);
  const broken = fields ? wrongCount(fields.length, table.columns) : "a quote stands in the wrong place";
  if (!fields || broken) {
    const reason = row.open ? "cut-off" : "broken-row";
    return [{ ok: false, ...place, bytes, reason, detail: broken ?? "" }];
  }
  if (table.recordColumn === undefined) return [rowItself(fields, table, place)];
  const name = table.columns[table.recordColumn] ?? "";
  const text = fields[table.recordColumn] ?? "";
  const dated = needsDate(text) ? datedLine(rowItself(fields, table, place), [name]) : undefined;
  return dated ? [dated] : recordsInText(text, name, place, limits);
}

function rowItself(fields: readonly string[], { columns }: Table, place: Place): ReadRecord {
  const value = Object.fromEntries(columns.map((name, at) => [name, fields[at] ?? ""]));
  return { ok: true, ...place, bytes: Buffer.from(JSON.stringify(value)), value };
}
