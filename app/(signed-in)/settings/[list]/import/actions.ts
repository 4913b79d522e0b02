"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { planChange } from "#lib/organisation/change.ts";
import { ROW_LISTS, type RowList } from "#lib/organisation/columns.ts";
import { importRows } from "#lib/organisation/commands/change.ts";
import { MOST_CSV_BYTES, readCsv } from "#lib/organisation/csv.ts";
import { allRows, listRevision } from "#lib/organisation/queries/lists.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../../../_access/current-person.ts";
import type { SettingsRefusal } from "../../refusal.ts";
import { type CsvPreview, previewOf } from "./preview.ts";

const previewInput = z.strictObject({
  list: z.enum(ROW_LISTS),
  text: z.string().max(MOST_CSV_BYTES),
  removesOthers: z.boolean(),
});
const importInput = previewInput.extend({ seenRevision: z.int().min(0) });

/** What a file would do to a list, line by line. Stores nothing. */
export async function previewCsvAction(input: unknown): Promise<Outcome<CsvPreview, SettingsRefusal>> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = previewInput.safeParse(input);
  if (!parsed.success) return failure(refusalOf(parsed.error));
  const { list, text, removesOthers } = parsed.data;
  return await preview(list, text, removesOthers);
}

/** Takes the rows of a file that can be taken, if the list is still as the preview saw it. */
export async function importCsvAction(input: unknown): Promise<Outcome<undefined, SettingsRefusal>> {
  const admin = await authorize("organisation.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = importInput.safeParse(input);
  if (!parsed.success) return failure(refusalOf(parsed.error));
  const { list, text, ...wanted } = parsed.data;
  const read = readCsv(list, text);
  if (!read.ok) return failure({ kind: "invalid-file", fault: read.reason });
  const rows = read.value.rows.map(({ row }) => row);
  const outcome = await importRows(list, { rows, ...wanted }, { person: admin.value, now: new Date() });
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}

async function preview(
  list: RowList,
  text: string,
  removesOthers: boolean,
): Promise<Outcome<CsvPreview, SettingsRefusal>> {
  const read = readCsv(list, text);
  if (!read.ok) return failure({ kind: "invalid-file", fault: read.reason });
  // Asked first: what is changed between the two is told when it is imported.
  const seenRevision = await listRevision(list);
  const stored = (await allRows(list)).map(({ row }) => row);
  const rows = read.value.rows.map(({ row }) => row);
  const change = planChange(stored, rows, { removesOthers });
  return success(previewOf(list, read.value, change, seenRevision));
}

function refusalOf({ issues }: z.ZodError): SettingsRefusal {
  const isTooLarge = issues.some(({ path, code }) => path[0] === "text" && code === "too_big");
  return isTooLarge
    ? { kind: "invalid-file", fault: { kind: "too-large", detail: "" } }
    : { kind: "invalid-input" };
}
