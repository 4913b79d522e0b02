import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";

/** What the preview shows, in a sentence: it is read out when it changes. */
export function previewSentence(rows: readonly PreviewRow[]): string {
  if (rows.length === 0) return "No rows of this table are kept, so there is no preview.";
  const events = rows.flatMap((row) => (row.ok ? [row.event] : []));
  const found = events.filter(({ detections }) => detections.length > 0).length;
  const all = rows.length === 1 ? "The first row" : `The first ${rows.length} rows`;
  const read =
    events.length === rows.length
      ? `${all} can be read`
      : events.length === 0
        ? `${all} would be rejected`
        : `${events.length} of the first ${rows.length} rows can be read`;
  const matched =
    found === 0 ? "none matches a rule" : `${found} ${found === 1 ? "matches" : "match"} a rule`;
  return events.length === 0 ? `${read}.` : `${read}; ${matched}.`;
}
