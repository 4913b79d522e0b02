import { type DetectionSettings, detect } from "#lib/detection/detect.ts";
import type { EventOutcome, Platform } from "#lib/logs/normalize/event.ts";
import { normalizeMappedRow } from "#lib/logs/normalize/mapped-table.ts";
import { indexMappings, mappingOfColumns, type TableMapping } from "#lib/logs/normalize/table-mapping.ts";
import { REJECTION_SENTENCES } from "#lib/logs/rejection.ts";
import type { MappedTable } from "./mapping.ts";

/** What a row of a table would become: an event, or a rejected record with its reason for people. */
export type PreviewRow = { line: number } & (
  | { ok: true; event: PreviewEvent }
  | { ok: false; sentence: string; detail: string }
);

export type PreviewEvent = {
  occurredAt: Date;
  platform: Platform;
  service: string | null;
  operation: string;
  outcome: EventOutcome;
  errorCode: string | null;
  actor: string | null;
  account: string | null;
  region: string | null;
  sourceIp: string | null;
  isExternal: boolean | null;
  /** Keys of the images, or what the call names instead. */
  images: string[];
  /** Titles of the rules that it matches. */
  detections: string[];
};

/** What the first rows of a table would become, by the same steps that an import takes. Pure. */
export function previewRows(
  { columns, sample }: Omit<MappedTable, "fingerprint">,
  mapping: TableMapping,
  settings: DetectionSettings,
): PreviewRow[] {
  const index = indexMappings([{ id: "", version: 0, columns, mapping }]);
  const known = mappingOfColumns(columns, index);
  if (!known) throw new Error("A mapping does not know its own columns.");
  return sample.map((row): PreviewRow => {
    const { line } = row;
    if ("problem" in row) {
      return { line, ok: false, sentence: REJECTION_SENTENCES["broken-row"], detail: row.problem };
    }
    const value = Object.fromEntries(columns.map((name, at) => [name, row.cells[at] ?? ""]));
    const event = normalizeMappedRow(value, known);
    if (!event.ok) {
      const { reason, detail } = event.reason;
      return { line, ok: false, sentence: REJECTION_SENTENCES[reason], detail };
    }
    const { actor, images, subject, ...rest } = event.value;
    return {
      line,
      ok: true,
      event: {
        occurredAt: rest.occurredAt,
        platform: rest.platform,
        service: rest.service,
        operation: rest.operation,
        outcome: rest.outcome,
        errorCode: rest.errorCode,
        actor: actor?.name ?? null,
        account: rest.account,
        region: rest.region,
        sourceIp: rest.sourceIp,
        isExternal: rest.isExternal,
        images: images.length > 0 ? images.map(withTag) : subject === null ? [] : [subject],
        detections: detect(event.value, settings).map(({ rule }) => rule.title),
      },
    };
  });
}

function withTag({ key, tag, digest }: { key: string; tag: string | null; digest: string | null }): string {
  return `${key}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}
