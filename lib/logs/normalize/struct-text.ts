import type { JsonObject, JsonValue } from "#lib/json.ts";

/** Deeper than any column of CloudTrail. */
const MAX_DEPTH = 20;

/**
 * The value that a query engine such as Athena prints as `{type=Role, tags=[a, b]}`; null when the text is nothing of the
 * kind. Texts are not quoted there: one ends where the next key or a bracket follows. JSON inside is read as JSON.
 */
export function parseStruct(text: string): JsonValue | null {
  const reader = new StructReader(text.trim());
  const value = reader.value(0);
  return reader.isAtEnd ? value : null;
}

class StructReader {
  readonly #text: string;
  #at = 0;
  #isNoJson = false;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  value(depth: number): JsonValue {
    const json = this.#json();
    if (json !== undefined) return json;
    const first = this.#text[this.#at];
    if (depth < MAX_DEPTH && first === "{") return this.#object(depth);
    if (depth < MAX_DEPTH && first === "[") return this.#list(depth);
    return this.#word();
  }

  #object(depth: number): JsonObject {
    const members: [string, JsonValue][] = [];
    this.#at++;
    for (;;) {
      const [whole, key] = this.#match(/\s*([\w.:$/-]+)=/y) ?? [];
      if (whole === undefined || key === undefined) break;
      this.#at += whole.length;
      members.push([key, this.value(depth + 1)]);
      this.#skip(/,?\s*/y);
    }
    this.#skip(/\}/y);
    return Object.fromEntries(members);
  }

  #list(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== "]") {
      const from = this.#at;
      items.push(this.value(depth + 1));
      this.#skip(/,?\s*/y);
      if (this.#at === from) break;
    }
    this.#skip(/\]/y);
    return items;
  }

  /** Up to the next key or the bracket that ends what it stands in. */
  #word(): JsonValue {
    const word = this.#match(/(?:(?!,\s[\w.:$/-]+=|[\]}]).)*/sy)?.[0] ?? "";
    this.#at += word.length;
    const text = word.trimEnd();
    return text === "null" || text === "" ? null : text;
  }

  /** JSON stands whole in the text: an object with a quoted key, or a list of such. Once it does not, it is not looked for again. */
  #json(): JsonValue | undefined {
    if (this.#isNoJson || !this.#match(/[[{]*\{\s*"/y)) return undefined;
    const end = jsonEnd(this.#text, this.#at);
    try {
      const value = JSON.parse(this.#text.slice(this.#at, end)) as JsonValue;
      this.#at = end;
      return value;
    } catch {
      this.#isNoJson = true;
      return undefined;
    }
  }

  #skip(pattern: RegExp): void {
    this.#at += this.#match(pattern)?.[0].length ?? 0;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }
}

/** Behind the bracket that closes the one at `from`. */
function jsonEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = closingQuote(text, at);
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
