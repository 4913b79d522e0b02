import type { ImportKind, ImportState, TakenAs } from "#lib/ingest/import.ts";

export const STATE_WORDS = {
  queued: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
} as const satisfies Record<ImportState, string>;

export const KIND_WORDS = { upload: "upload", sample: "sample" } as const satisfies Record<
  ImportKind,
  string
>;

export const TAKEN_AS_WORDS = {
  auto: "by age",
  live: "live",
  history: "as history",
} as const satisfies Record<TakenAs, string>;
