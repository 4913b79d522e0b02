export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The property's own value: a key such as `constructor` never reaches the prototype. */
function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at the end of a path of own keys. */
export function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return atPath(value, path);
}

function atPath(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let current = value;
  for (let step = 0; step < path.length; step++) current = own(current, path[step] as string);
  return current;
}

/** A string that says something: trimmed, and null when absent, empty or of another type. */
export function textAt(value: JsonValue | undefined, ...path: readonly string[]): string | null {
  return textAtPath(value, path);
}

/** The same by a path that is a list already: spread anew for each of many fields it costs more than the look. */
export function textAtPath(value: JsonValue | undefined, path: readonly string[]): string | null {
  const found = atPath(value, path);
  if (typeof found === "string") return found.trim() || null;
  return typeof found === "number" ? String(found) : null;
}

export function listAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
