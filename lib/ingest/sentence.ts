import { IMPORT_FAILURES, type ImportFailure, type ImportProgress } from "./import.ts";

/** Says in one sentence what an import has done so far, or why it ended without reading its file. */
export function importSentence(progress: ImportProgress & { failure?: ImportFailure | null }): string {
  const { state, records, duplicateCount, failure } = progress;
  if (state === "receiving") return "Gathering deliveries; read within a minute.";
  if (state === "queued") return "Waiting to be read.";
  if (state === "needs_mapping") {
    return "The columns of this table are not known yet. Say which of them holds what.";
  }
  // Live progress tells that an import failed before the page is rendered anew, which tells why.
  if (state === "failed") return failure ? IMPORT_FAILURES[failure] : "The file could not be read.";
  if (state === "cancelled") return cancelled(progress);
  if (state === "deleting") return "What it brought is being deleted.";
  if (state === "deleted") return `Deleted; it had brought ${countsOf(progress)}`;
  if (records === 0) return state === "running" ? "Being read." : "The file held no records.";
  return state === "done" && duplicateCount === records ? allKnown(records) : countsOf(progress);
}

function cancelled(progress: ImportProgress): string {
  return progress.records === 0
    ? "Cancelled before anything was read."
    : `Cancelled; read until then: ${countsOf(progress)}`;
}

function allKnown(records: number): string {
  return records === 1
    ? "The one record was known already."
    : `All ${number(records)} records were known already.`;
}

function countsOf({
  records,
  newCount,
  duplicateCount,
  rejectedCount,
  detectionCount,
}: ImportProgress): string {
  const parts = [
    `${number(newCount)} new`,
    ...(duplicateCount > 0 ? [`${number(duplicateCount)} known already`] : []),
    ...(rejectedCount > 0 ? [`${number(rejectedCount)} rejected`] : []),
  ];
  const found = detectionCount === 1 ? "1 detection" : `${number(detectionCount)} detections`;
  return `${number(records)} ${records === 1 ? "record" : "records"}: ${parts.join(", ")}; ${found}.`;
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
