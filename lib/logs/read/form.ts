import type { Sender } from "./wrapper.ts";

/** What is taken off before there is text, from the outside in. */
export type Layer = "gzip" | "zstd" | "zip" | "tar" | "utf-16";

/** What the reader saw. */
export type LogForm = {
  layers: readonly Layer[];
  /**
   * `text-lines`: a log that has a text form of its own. `query-answer`: tables as Log Analytics' query API gives them. `files`: an
   * archive, of which each file has a form of its own.
   */
  shape: "json-lines" | "json" | "csv" | "query-answer" | "text-lines" | "files";
  /** Who put a wrapper around the first record. */
  sender: Sender | null;
};

/** How many files of an archive had which form, by its text. Grows while the archive is read. */
export type FormsSeen = Map<string, number>;

/** A form as it is stored: `gzip json-lines`, `json sumo`, or `zip files: 12 gzip json, 3 csv`. */
export function formText({ layers, shape, sender }: LogForm, seen: FormsSeen = new Map()): string {
  const text = [...layers, shape, ...(sender ? [sender] : [])].join(" ");
  if (seen.size === 0) return text;
  return `${text}: ${[...seen].map(([form, count]) => `${count} ${form}`).join(", ")}`;
}
