import { UNREADABLE_SENTENCES } from "#lib/logs/rejection.ts";

export type ImportState = "queued" | "running" | "done" | "failed";

/** Where an import came from. */
export type ImportKind = "upload" | "sample" | "sumo";

/** `auto`: alerts whose window ended long before they arrive are history, the others live. */
export const TAKEN_AS = ["auto", "live", "history"] as const;
export type TakenAs = (typeof TAKEN_AS)[number];

const LIVE_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whether a detection that arrives now belongs to the live queue or to history. */
export function isLive(takenAs: TakenAs, windowEnd: Date, now: Date): boolean {
  if (takenAs !== "auto") return takenAs === "live";
  return windowEnd.getTime() >= now.getTime() - LIVE_DAYS * DAY_MS;
}

export type NewImport = {
  kind: ImportKind;
  /** The file's name as it was delivered; shown, never trusted. */
  name: string;
  /** Its name in the uploads folder, where it lies complete. */
  storedAs: string;
  byteSize: number;
  takenAs: TakenAs;
  /** The person who delivered it. */
  createdBy: string | null;
};

/** Why an import ended without reading its file, for people. */
export const IMPORT_FAILURES = {
  ...UNREADABLE_SENTENCES,
  "file-missing": "The uploaded file is no longer there. Upload it again.",
  "gave-up":
    "The import was tried several times and broke off each time. What was read is kept; upload the file again to go on.",
} as const;
export type ImportFailure = keyof typeof IMPORT_FAILURES;

/** Counters of an import, as far as it has come. */
export type ImportProgress = {
  id: string;
  state: ImportState;
  /** Of the delivered file. */
  byteSize: number;
  bytesRead: number;
  /** All records so far: new, duplicate and rejected. */
  records: number;
  newCount: number;
  duplicateCount: number;
  rejectedCount: number;
  detectionCount: number;
};
