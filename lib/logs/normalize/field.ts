import { isJsonObject, type JsonObject, type JsonValue, textAtPath } from "#lib/json.ts";

const MAX_FIELD_LENGTH = 4096;
const MAX_SHOWN_LENGTH = 80;

/**
 * A text field of a record, cut where no honest log is longer. NULs and halves of surrogate pairs, which no store takes,
 * become U+FFFD; the original record keeps them.
 */
export function field(value: JsonValue | undefined, ...path: readonly string[]): string | null {
  const said = textAtPath(value, path);
  if (said === null) return null;
  const text = (said.includes("\0") ? said.replaceAll("\0", "\ufffd") : said).toWellFormed();
  return text.length > MAX_FIELD_LENGTH ? `${text.slice(0, MAX_FIELD_LENGTH - 1)}…` : text;
}

/** The first of several that says something. */
export function firstOf(...texts: readonly (string | null | undefined)[]): string | null {
  return texts.find((text) => text) ?? null;
}

/** A value for an error message: what stands there, short. What holds other values is named alone, for it may be deep. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  const text = JSON.stringify(typeof value === "string" ? value.slice(0, MAX_SHOWN_LENGTH) : value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH - 1)}…` : text;
}

/** An object, or the object whose JSON stands in a text: Azure writes both. */
export function objectIn(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  if (typeof value !== "string" || !value.trimStart().startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
