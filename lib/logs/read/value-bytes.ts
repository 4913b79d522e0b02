import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, OPEN_LIST, OPEN_OBJECT, QUOTE, stringEnd } from "./bytes.ts";

/**
 * The bytes of the value at the end of a path of keys, in the text of a JSON object that is known to be sound. Of a key that
 * stands twice the last counts, as it does for a parser.
 */
export function valueBytes(json: Buffer, path: readonly string[]): Buffer | undefined {
  let value: Buffer | undefined = json;
  for (const key of path) value = value && memberBytes(value, key);
  return value;
}

function memberBytes(json: Buffer, key: string): Buffer | undefined {
  let found: Buffer | undefined;
  for (let name = json.indexOf(QUOTE); name !== -1; ) {
    const nameEnd = stringEnd(json, name + 1);
    const from = json.indexOf(COLON, nameEnd) + 1;
    const to = valueEnd(json, from);
    if (JSON.parse(json.toString("utf8", name, nameEnd + 1)) === key) found = json.subarray(from, to);
    name = json.indexOf(QUOTE, to);
  }
  return found;
}

/** The comma or the bracket that ends the value which begins here. */
function valueEnd(json: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = stringEnd(json, at + 1);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    if (depth < 0 || (depth === 0 && byte === COMMA)) return at;
  }
  return json.length;
}
