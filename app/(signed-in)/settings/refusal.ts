import type { ChangeFault } from "#lib/organisation/commands/change.ts";
import type { CsvFault } from "#lib/organisation/csv.ts";
import type { FieldFault } from "#lib/organisation/rows.ts";
import { REFUSAL_WORDS, type Refusal } from "../../_access/refusal-words.ts";

/** Why nothing was saved. */
export type SettingsRefusal =
  | { kind: Refusal | ChangeFault | "invalid-input" | "one-is-waiting" }
  | { kind: "invalid-row"; faults: FieldFault[] }
  | { kind: "invalid-hours"; problems: Record<string, string> }
  | { kind: "invalid-file"; fault: CsvFault };

const SENTENCES = {
  "changed-meanwhile":
    "Somebody else has changed this meanwhile. Nothing was saved: look at what stands there now.",
  taken: "There is one of this name already. Change that one.",
  "too-many": "The list would be longer than it may be. Nothing was saved.",
  nothing: "All of it is so already.",
  "invalid-input": "This could not be read. Load the page anew and try again.",
  "one-is-waiting": "Another replay is on its way. This one can be started when that has ended.",
} as const satisfies Record<ChangeFault | "invalid-input" | "one-is-waiting", string>;

const FILE_SENTENCES = {
  "too-large": () => "The file is larger than 800 kB.",
  "too-many-lines": (lines) => `The file has ${lines} lines, more than the 20,000 that are read at once.`,
  empty: () =>
    "The file holds no rows. Its first line must name the columns, and each further line is a row.",
  broken: (line) => `The file is no CSV from line ${line} on: a quotation mark is not closed there.`,
  "missing-column": (column) =>
    `The first line names no column “${column}”. Its names are matched in any order and case.`,
  "unknown-column": (column) => `The first line names a column “${column}”, which this list does not have.`,
  twice: (column) => `The first line names the column “${column}” twice.`,
} as const satisfies Record<CsvFault["kind"], (detail: string) => string>;

export function refusalSentence(refusal: SettingsRefusal): string {
  if (refusal.kind === "invalid-file") return FILE_SENTENCES[refusal.fault.kind](refusal.fault.detail);
  if (refusal.kind === "invalid-row" || refusal.kind === "invalid-hours")
    return "Some fields cannot be taken. Nothing was saved.";
  if (refusal.kind === "signed-out" || refusal.kind === "not-allowed") return REFUSAL_WORDS[refusal.kind];
  return SENTENCES[refusal.kind];
}

/** What is wrong with a field of a form. */
export function problemAt(refusal: SettingsRefusal | null, field: string): string | null {
  if (refusal?.kind === "invalid-hours") return refusal.problems[field] ?? null;
  if (refusal?.kind !== "invalid-row") return null;
  const fault = refusal.faults.find(({ column }) => column === field);
  return fault ? `Expected: ${fault.expected}.` : null;
}
