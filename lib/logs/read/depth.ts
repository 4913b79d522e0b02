import type { JsonValue } from "#lib/json.ts";

/** Whether more than `most` objects and lists stand in one another. Looks no deeper than that. */
export function isDeeper(value: JsonValue, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (most === 0) return true;
  return Object.values(value).some((inside) => isDeeper(inside as JsonValue, most - 1));
}
