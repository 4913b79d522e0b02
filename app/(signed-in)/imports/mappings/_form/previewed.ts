import { type MappedTable, mappingFor } from "#lib/ingest/mappings/mapping.ts";
import { type PreviewRow, previewRows } from "#lib/ingest/mappings/preview.ts";
import { getDetectionSettings } from "#lib/ingest/queries/settings.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { MappingRefusal } from "../actions.ts";
import { type MappingDraft, previewOf } from "./draft.ts";

/** The preview with which the form is opened. */
export async function previewed(
  table: MappedTable,
  draft: MappingDraft,
): Promise<Outcome<PreviewRow[], MappingRefusal>> {
  const mapping = mappingFor(table.columns).safeParse(previewOf(draft));
  if (mapping.success) return success(previewRows(table, mapping.data, await getDetectionSettings()));
  const issues = mapping.error.issues.map(({ path, message }) => ({
    path: path.slice(0, 2).join("."),
    message,
  }));
  return failure({ kind: "invalid-input", issues });
}
