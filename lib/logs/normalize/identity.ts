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
  for (const key of inOrder(Object.keys(value))) {
    if (without?.has(key)) continue;
    if (text.length > 1) text += ",";
    text += keyText(key) + canonical(value[key] as JsonValue, depth + 1);
  }
  return `${text}}`;
}

/** Longer lists are sorted faster by the engine; of those in logs hardly one is. */
const FEW = 40;

function inOrder(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string;
    let to = at;
    for (; to > 0 && (keys[to - 1] as string) > key; to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

/** Of keys, which are few in all logs, as JSON writes them. */
const written = new Map<string, string>();
const MOST_WRITTEN = 5000;

function keyText(key: string): string {
  const known = written.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (written.size < MOST_WRITTEN && key.length < 100) written.set(key, text);
  return text;
}
