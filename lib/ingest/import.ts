import { UNREADABLE_SENTENCES } from "#lib/logs/rejection.ts";

/**
 * `receiving`: small deliveries are still gathered into it, and its file is to be written. `cancelled`: somebody had the
 * reading ended; what had been read stays. `deleting`, `deleted`: what it brought goes, or is gone; its row stays.
 * `needs_mapping`: it waits for somebody to say what the columns of a table hold.
 */
export const IMPORT_STATES = [
  "receiving",
  "queued",
  "running",
  "needs_mapping",
  "done",
  "failed",
  "cancelled",
  "deleting",
  "deleted",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which an import can be deleted: nobody reads it. */
export const DELETABLE = ["done", "failed", "cancelled"] as const satisfies readonly ImportState[];

export function canDelete(state: ImportState): boolean {
  return (DELETABLE as readonly ImportState[]).includes(state);
}

/** What somebody may do about an import: end its reading, or have it go on where it ended. */
export const IMPORT_MOVES = {
  cancel: ["queued", "running", "needs_mapping"],
  "read-on": ["failed", "cancelled"],
} as const satisfies Record<string, readonly ImportState[]>;
export type ImportMove = keyof typeof IMPORT_MOVES;

export function canMove(state: ImportState, move: ImportMove): boolean {
  return (IMPORT_MOVES[move] as readonly ImportState[]).includes(state);
}

/** Of an import that failed or was cancelled the file is kept so long, so that somebody can have it read on. */
export const KEPT_AFTER_END_MS = 3 * 86_400_000;

/** Where an import came from. */
export type ImportKind = "upload" | "sample" | "sumo" | "api";

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
  /** Of `api`: the token that delivered it, and the source that it was made for. */
  token?: { id: string; source: string };
  /** Of `sumo`: the connection whose feeds it is part of. What is fetched for somebody beside them is of none. */
  connectionId?: string | null;
};

/** Why an import ended without reading its file, for people. */
export const IMPORT_FAILURES = {
  ...UNREADABLE_SENTENCES,
  csv: "The columns of this table are not known, and it was left out.",
  "file-missing": "The uploaded file is no longer there. Upload it again.",
  "gave-up": "The import was tried several times and broke off each time. What was read is kept.",
  "took-too-long": "The import took longer than one may take. What was read is kept.",
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
