import { CsvError, parse } from "csv-parse/sync";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { COLUMNS, OPTIONAL_COLUMNS, type RowList } from "./columns.ts";
import { type FieldFault, parseRow, type RowOf, rowKey } from "./rows.ts";

/** As much as a list needs, and a server action takes. */
export const MOST_CSV_BYTES = 800_000;
const MOST_LINES = 20_000;

export type CsvRow<Row> = { line: number; row: Row };
/** A line that cannot be taken, with why. */
export type RefusedLine = { line: number; faults: FieldFault[] };
export type ReadCsv<Row> = { rows: CsvRow<Row>[]; refused: RefusedLine[] };

/** Why nothing of a file can be taken. `detail`: the column or the place. */
export type CsvFault = {
  kind: "too-large" | "too-many-lines" | "empty" | "broken" | "missing-column" | "unknown-column" | "twice";
  detail: string;
};

/** What spreadsheets are kept from running, as `toCsv` writes it. */
const MADE_PLAIN = /^'(?=[=+\-@\t\r])/;

/** Reads a file of a list: a line with the names of its columns in any order, then a row a line. */
export function readCsv<List extends RowList>(
  list: List,
  text: string,
): Outcome<ReadCsv<RowOf[List]>, CsvFault> {
  if (Buffer.byteLength(text) > MOST_CSV_BYTES) return failure({ kind: "too-large", detail: "" });
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const [head, ...rest] = lines.value;
  if (!head || rest.length === 0) return failure({ kind: "empty", detail: "" });
  if (rest.length > MOST_LINES) return failure({ kind: "too-many-lines", detail: String(rest.length) });
  const names = head.cells.map((cell) => cell.trim().toLowerCase());
  const fault = headFault(list, names);
  if (fault) return failure(fault);
  return success(rowsOf(list, names, rest));
}

type Line = { line: number; cells: string[] };

function linesOf(text: string): Outcome<Line[], CsvFault> {
  const first = /^\ufeff?([^\r\n]*)/.exec(text)?.[1] ?? "";
  const delimiter = [";", "\t"].find((one) => first.includes(one) && !first.includes(",")) ?? ",";
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return success(records.map(({ record, info }) => ({ line: info.lines, cells: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failure({ kind: "broken", detail: String(error.lines ?? "") });
  }
}

function headFault(list: RowList, names: readonly string[]): CsvFault | null {
  const columns: readonly string[] = COLUMNS[list];
  const unknown = names.find((name) => !columns.includes(name));
  if (unknown !== undefined) return { kind: "unknown-column", detail: unknown };
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return { kind: "twice", detail: twice };
  const missing = columns.find((name) => !names.includes(name) && !OPTIONAL_COLUMNS.includes(name));
  return missing === undefined ? null : { kind: "missing-column", detail: missing };
}

function rowsOf<List extends RowList>(
  list: List,
  names: readonly string[],
  lines: readonly Line[],
): ReadCsv<RowOf[List]> {
  const rows: CsvRow<RowOf[List]>[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of lines) {
    if (cells.length > names.length) {
      const expected = `${names.length} cells, as the first line has`;
      refused.push({ line, faults: [{ column: "", value: `${cells.length} cells`, expected }] });
      continue;
    }
    const parsed = parseRow(
      list,
      Object.fromEntries(names.map((name, at) => [name, (cells[at] ?? "").replace(MADE_PLAIN, "")])),
    );
    if (!parsed.ok) {
      refused.push({ line, faults: parsed.reason });
      continue;
    }
    const key = rowKey(parsed.value);
    const before = seen.get(key);
    if (before !== undefined) {
      const expected = `one line for it; line ${before} has it too`;
      refused.push({ line, faults: [{ column: COLUMNS[list][0], value: key, expected }] });
      continue;
    }
    seen.set(key, line);
    rows.push({ line, row: parsed.value });
  }
  return { rows, refused };
}
