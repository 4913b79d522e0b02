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

const SHAPE_WORDS: Readonly<Record<string, string>> = {
  "json-lines": "JSON Lines",
  json: "JSON",
  csv: "CSV",
};

/** What the reader saw, as it is stored: `gzip json-lines`. */
export function formWords(form: string): string {
  const [compression, shape = ""] = form.split(" ");
  const words = SHAPE_WORDS[shape] ?? shape;
  return compression === "gzip" ? `${words}, gzipped` : words;
}

export const TAKEN_AS_WORDS = {
  auto: "by age",
  live: "live",
  history: "as history",
} as const satisfies Record<TakenAs, string>;
