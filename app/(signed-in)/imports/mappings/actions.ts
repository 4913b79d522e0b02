"use server";

import { refresh } from "next/cache";
import type { z } from "zod";
import { forgetMapping, leaveTableOut, saveMapping } from "#lib/ingest/mappings/commands.ts";
import {
  type MappedTable,
  type MappingFault,
  type MappingIssue,
  mappingFor,
} from "#lib/ingest/mappings/mapping.ts";
import { type PreviewRow, previewRows } from "#lib/ingest/mappings/preview.ts";
import { getImportTable, getMappedTable } from "#lib/ingest/mappings/queries.ts";
import { getDetectionSettings } from "#lib/ingest/queries/settings.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { Refusal } from "../../../_access/refusal-words.ts";
import { forgetInput, leaveOutInput, previewInput, saveInput, type TableInput } from "./inputs.ts";

export type MappingRefusal = MappingFault | { kind: Refusal };

/** What the first rows of a table would become. Stores nothing. */
export async function previewMappingAction(input: unknown): Promise<Outcome<PreviewRow[], MappingRefusal>> {
  const person = await authorize("imports.create");
  if (!person.ok) return failure({ kind: person.reason });
  const parsed = previewInput.safeParse(input);
  if (!parsed.success) return failure(invalid(parsed.error));
  const table = await tableOf(parsed.data.table);
  if (!table) return failure({ kind: "gone" });
  const mapping = mappingFor(table.columns).safeParse(parsed.data.mapping);
  if (!mapping.success) return failure(invalid(mapping.error));
  return success(previewRows(table, mapping.data, await getDetectionSettings()));
}

/** Stores a mapping. Gives how many imports are read on by it. */
export async function saveMappingAction(input: unknown): Promise<Outcome<number, MappingRefusal>> {
  const person = await authorize("imports.create");
  if (!person.ok) return failure({ kind: person.reason });
  const parsed = saveInput.safeParse(input);
  if (!parsed.success) return failure(invalid(parsed.error));
  const { seenVersion } = parsed.data;
  const table = await tableOf(parsed.data.table);
  if (!table) return failure({ kind: "gone" });
  const mapping = mappingFor(table.columns).safeParse(parsed.data.mapping);
  if (!mapping.success) return failure(invalid(mapping.error));
  const given = { columns: table.columns, mapping: mapping.data, seenVersion };
  const outcome = await saveMapping(given, person.value, new Date());
  return outcome.ok ? success(outcome.value.imports) : outcome;
}

export async function forgetMappingAction(input: unknown): Promise<Outcome<undefined, MappingRefusal>> {
  const person = await authorize("imports.create");
  if (!person.ok) return failure({ kind: person.reason });
  const parsed = forgetInput.safeParse(input);
  if (!parsed.success) return failure(invalid(parsed.error));
  const outcome = await forgetMapping(parsed.data, person.value, new Date());
  refresh();
  return outcome;
}

/** Has a table of an archive rejected, and the rest of the archive read. */
export async function leaveTableOutAction(input: unknown): Promise<Outcome<undefined, MappingRefusal>> {
  const person = await authorize("imports.create");
  if (!person.ok) return failure({ kind: person.reason });
  const parsed = leaveOutInput.safeParse(input);
  if (!parsed.success) return failure(invalid(parsed.error));
  const outcome = await leaveTableOut(parsed.data.importId, parsed.data.fingerprint);
  refresh();
  return outcome;
}

async function tableOf(table: TableInput): Promise<MappedTable | null> {
  return "importId" in table
    ? await getImportTable(table.importId, table.fingerprint)
    : await getMappedTable(table.mappingId);
}

function invalid({ issues }: z.ZodError): MappingFault {
  return { kind: "invalid-input", issues: issues.map(issueOf) };
}

function issueOf({ path, message }: z.core.$ZodIssue): MappingIssue {
  const names = path.filter((part) => typeof part === "string" && part !== "mapping");
  // What is wrong with a field's column or value is wrong with the field.
  return { path: names.slice(0, 2).join("."), message };
}
