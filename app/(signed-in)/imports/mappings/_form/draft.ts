import type { MappedField } from "#lib/logs/normalize/mapped-field.ts";
import type { FieldSource, TableMapping } from "#lib/logs/normalize/table-mapping.ts";

/** A mapping as it is being written. The schema of lib/logs/normalize says what is wrong with it. */
export type MappingDraft = Omit<TableMapping, "fields"> & {
  fields: Partial<Record<MappedField, FieldSource>>;
};

/** With a field said anew; null: nothing says it. */
export function withField(draft: MappingDraft, field: MappedField, source: FieldSource | null): MappingDraft {
  const { [field]: _, ...others } = draft.fields;
  return { ...draft, fields: source === null ? others : { ...others, [field]: source } };
}

/** What is asked of the server for a preview: without a name too. */
export function previewOf(draft: MappingDraft): MappingDraft {
  return { ...draft, name: "preview" };
}

/** The name that a log has at first: that of its file, without its endings. */
export function nameOf(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? "";
  const plain = base.replace(/(\.(csv|tsv|txt|gz|zst|zip|tar|tgz))+$/i, "").replace(/\p{Cc}/gu, " ");
  return plain.slice(0, 80).toWellFormed().trim();
}
