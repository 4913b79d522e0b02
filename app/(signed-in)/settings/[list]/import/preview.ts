import type { ListChange } from "#lib/organisation/change.ts";
import { COLUMNS, type RowDraft, type RowList } from "#lib/organisation/columns.ts";
import type { ReadCsv, RefusedLine } from "#lib/organisation/csv.ts";
import { type AnyRow, draftOf, rowKey } from "#lib/organisation/rows.ts";

/** So many lines of each kind are shown; the counts are of all. */
const MOST_SHOWN = 200;

export type PreviewLine = {
  what: "added" | "changed" | "removed";
  /** In the file; null of a row that goes. */
  line: number | null;
  draft: RowDraft;
  /** Of a changed row: what the columns that change hold now. */
  before: RowDraft;
};

export type CsvPreview = {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  refused: number;
  lines: PreviewLine[];
  refusedLines: RefusedLine[];
  /** Of the list as it was looked at. */
  seenRevision: number;
};

/** What is shown of a file before it is taken. */
export function previewOf(
  list: RowList,
  { rows, refused }: ReadCsv<AnyRow>,
  change: ListChange<AnyRow>,
  seenRevision: number,
): CsvPreview {
  const lineOf = new Map(rows.map(({ line, row }) => [rowKey(row), line]));
  const draft = (row: AnyRow) => draftOf(list, row as never);
  const at = (row: AnyRow) => lineOf.get(rowKey(row)) ?? null;
  const lines: PreviewLine[] = [
    ...change.added
      .slice(0, MOST_SHOWN)
      .map((row) => ({ what: "added" as const, line: at(row), draft: draft(row), before: {} })),
    ...change.changed.slice(0, MOST_SHOWN).map(({ before, after }) => ({
      what: "changed" as const,
      line: at(after),
      draft: draft(after),
      before: differences(list, draft(before), draft(after)),
    })),
    ...change.removed
      .slice(0, MOST_SHOWN)
      .map((row) => ({ what: "removed" as const, line: null, draft: draft(row), before: {} })),
  ];
  return {
    added: change.added.length,
    changed: change.changed.length,
    unchanged: change.unchanged.length,
    removed: change.removed.length,
    refused: refused.length,
    lines,
    refusedLines: refused.slice(0, MOST_SHOWN),
    seenRevision,
  };
}

function differences(list: RowList, before: RowDraft, after: RowDraft): RowDraft {
  const columns = COLUMNS[list].filter((column) => before[column] !== after[column]);
  return Object.fromEntries(columns.map((column) => [column, before[column] ?? ""]));
}
