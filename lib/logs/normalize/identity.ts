import { contentId } from "#lib/content-id.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

/** Deeper than any log; it keeps the recursion below from being an attack. */
const MAX_DEPTH = 100;

export class TooDeepError extends Error {}

/**
 * The id of a record: the hash of its canonical JSON (keys sorted, no white space), without the top-level fields that its
 * transport adds. Throws TooDeepError.
 */
export function recordId(record: JsonObject, transportFields: ReadonlySet<string>): string {
  return contentId(canonicalObject(record, 1, transportFields));
}

function canonical(value: JsonValue, depth: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth > MAX_DEPTH) throw new TooDeepError(`nested more than ${MAX_DEPTH} deep`);
  if (!Array.isArray(value)) return canonicalObject(value, depth);
  let text = "[";
  for (let at = 0; at < value.length; at++) {
    if (at > 0) text += ",";
    text += canonical(value[at] as JsonValue, depth + 1);
  }
  return `${text}]`;
}

function canonicalObject(value: JsonObject, depth: number, without?: ReadonlySet<string>): string {
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    if (without?.has(key)) continue;
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${canonical(value[key] as JsonValue, depth + 1)}`;
  }
  return `${text}}`;
}
