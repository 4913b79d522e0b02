import type { Slice } from "./slice.ts";
import { fieldsOf } from "./split-rows.ts";

/** A table of no known log, with what shows people what its columns hold. */
export type UnknownTable = {
  /** Each once: a name that stands twice has its number behind it. One may be empty. */
  columns: readonly string[];
  sample: SampleRow[];
};

/** One of the first rows: its cells, cut where they are long, or why it is none of the table. */
export type SampleRow = { line: number; cells: string[] } | { line: number; problem: string };

/** Whether somebody has said what the columns hold: then each row of the table is a record. */
export type KnowsTable = (table: UnknownTable) => boolean;

export const NO_TABLES: KnowsTable = () => false;

export const SAMPLE_ROWS = 10;
const MAX_CELL_LENGTH = 2000;

export function sampleOf(rows: readonly Slice[], columns: readonly string[], delimiter: string): SampleRow[] {
  return rows.map(({ bytes, line, fault }) => {
    const cells = fault ? undefined : fieldsOf(bytes.toString("utf8"), delimiter);
    if (!cells) return { line, problem: fault?.detail ?? "a quote stands in the wrong place" };
    const problem = wrongCount(cells.length, columns);
    return problem === undefined ? { line, cells: cells.map(cut) } : { line, problem };
  });
}

export function wrongCount(count: number, columns: readonly string[]): string | undefined {
  return count === columns.length ? undefined : `${count} fields in a table of ${columns.length} columns`;
}

function cut(cell: string): string {
  return cell.length > MAX_CELL_LENGTH ? `${cell.slice(0, MAX_CELL_LENGTH - 1).toWellFormed()}…` : cell;
}

const TIME_NAME = /time|date|stamp|^when$|^ts$/i;

/** Whether it is a table at all, and no text that happens to hold commas: rows that fit, and names. */
export function isTabular({ columns, sample }: UnknownTable): boolean {
  const fitting = sample.filter((row) => "cells" in row).length;
  if (columns.length < 2 || fitting * 2 < sample.length) return false;
  // Lines with one comma each are common in texts.
  return columns.length > 2 || (columns.some((name) => TIME_NAME.test(name)) && fitting === sample.length);
}
