import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { Transaction } from "./client.ts";

/** A value that COPY's text format can carry. */
export type CopyValue = string | number | boolean | Date | null;

const CHUNK_BYTES = 64 * 1024;

/**
 * Writes rows with COPY, the fastest way in. `table` and `columns` are identifiers of ours, never input. A NUL, which
 * PostgreSQL's text cannot hold, and half a surrogate pair become U+FFFD.
 */
export async function copyRows(
  client: Transaction,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`));
  await pipeline(Readable.from(encoded(rows), { objectMode: false }), stream);
}

function* encoded(rows: readonly (readonly CopyValue[])[]): Generator<Buffer> {
  let chunk = "";
  for (const row of rows) {
    for (let at = 0; at < row.length; at++) {
      if (at > 0) chunk += "\t";
      chunk += encode(row[at] as CopyValue);
    }
    chunk += "\n";
    if (chunk.length > CHUNK_BYTES) {
      yield Buffer.from(chunk);
      chunk = "";
    }
  }
  if (chunk) yield Buffer.from(chunk);
}

function encode(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  return value instanceof Date ? value.toISOString() : String(value);
}

function escapeText(text: string): string {
  const clean = storable(text);
  return /[\\\t\n\r]/.test(clean)
    ? clean.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : clean;
}

/** Text as PostgreSQL can hold it. */
export function storable(text: string): string {
  const whole = text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd") : whole;
}

/** Text for a jsonb column, which refuses NULs and half surrogate pairs even as escapes. */
export function jsonLiteral(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (typeof inner === "string" ? storable(inner) : inner));
}

/** An array of texts in which nothing has to be escaped, as ids and names of ours: the driver would look at each. */
export function plainArray(texts: readonly string[]): string {
  return `{${texts.join()}}`;
}

export function timeArray(times: readonly Date[]): string {
  return plainArray(times.map((time) => time.toISOString()));
}

/** Texts for an array column. */
export function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${storable(text).replaceAll(/["\\]/g, "\\$&")}"`).join()}}`;
}
