import { hash } from "node:crypto";

/** 128 bits of the SHA-256 of a text, in the form of a UUID, but none of RFC 9562. */
export function contentId(content: string): string {
  const hex = hash("sha256", content, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Of the same actors and images every event asks several times. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;
const LONGEST_KNOWN = 500;

/** The id of something that has a name: the same for the same parts, wherever it is computed. */
export function nameId(...parts: readonly string[]): string {
  const name = JSON.stringify(parts);
  const before = known.get(name);
  if (before !== undefined) return before;
  const id = contentId(name);
  if (name.length > LONGEST_KNOWN) return id;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, id);
  return id;
}
