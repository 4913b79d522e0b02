import type { ImportKind, ImportState, TakenAs } from "#lib/ingest/import.ts";

export const STATE_WORDS = {
  receiving: "receiving",
  queued: "waiting",
  running: "running",
  needs_mapping: "needs mapping",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
  deleting: "being deleted",
  deleted: "deleted",
} as const satisfies Record<ImportState, string>;

export const KIND_WORDS = {
  upload: "upload",
  sample: "sample",
  sumo: "Sumo Logic",
  api: "ingest API",
} as const satisfies Record<ImportKind, string>;

/** Who or what delivered an import. */
export function deliveredBy({
  kind,
  createdBy,
  token,
}: {
  kind: ImportKind;
  createdBy: string | null;
  token: string | null;
}): string {
  return createdBy ?? (token === null ? KIND_WORDS[kind] : `token ${token}`);
}

/** The same with the way that it took. */
export function cameBy(row: Parameters<typeof deliveredBy>[0]): string {
  const by = deliveredBy(row);
  return by === KIND_WORDS[row.kind] ? by : `${KIND_WORDS[row.kind]}, ${by}`;
}

const SHAPE_WORDS: Readonly<Record<string, string>> = {
  "json-lines": "JSON Lines",
  "query-answer": "an answer of Log Analytics’ query API",
  json: "JSON",
  csv: "CSV",
  "text-lines": "lines of text",
  files: "archive",
};
const LAYER_WORDS: Readonly<Record<string, string>> = {
  gzip: "gzipped",
  zstd: "compressed by zstd",
  zip: "zip",
  tar: "tar",
  "utf-16": "UTF-16",
};
const SENDER_WORDS: Readonly<Record<string, string>> = {
  sumo: "from Sumo Logic",
  splunk: "from Splunk",
  eventbridge: "from EventBridge",
  "lookup-events": "from CloudTrail's LookupEvents",
  elastic: "from Elastic",
  text: "wrapped by a shipper",
};

/** What the reader saw, as it is stored: `gzip json-lines`, `json sumo`, `zip files: 12 gzip json, 3 csv`. */
export function formWords(form: string): string {
  const [own = "", files] = form.split(": ");
  if (!files) return oneForm(own);
  const around = own.split(" ").filter((word) => word in LAYER_WORDS);
  const parts = files.split(", ").map((part) => {
    const [count, ...words] = part.split(" ");
    // What is around the archive is around each of its files, and is said once.
    const inside = words.slice(around.every((word, at) => words[at] === word) ? around.length : 0);
    return `${count} × ${oneForm(inside.join(" "))}`;
  });
  return `${oneForm(own)} of ${parts.join("; ")}`;
}

function oneForm(form: string): string {
  const words = form.split(" ");
  const shape = words.map((word) => SHAPE_WORDS[word]).find((word) => word) ?? form;
  const sender = words.map((word) => SENDER_WORDS[word]).find((word) => word);
  const layers = words.flatMap((word) => LAYER_WORDS[word] ?? []).reverse();
  return [sender ? `${shape} ${sender}` : shape, ...layers].join(", ");
}

export const TAKEN_AS_WORDS = {
  auto: "by age",
  live: "live",
  history: "as history",
} as const satisfies Record<TakenAs, string>;
