import { Refusal } from "../refusal.ts";

/** `text` is a token as it was written, `value` what it means: without its quotes. */
export type Token = { kind: "word" | "quoted" | "sign"; text: string; value: string };

const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;
const SIGN = /!=|[()!=|,]/y;
const WORD = /[^\s"()!=|,]+/y;

/** The words of a query's scope. An unclosed quote is refused. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < text.length) {
    if (read(SPACE) !== undefined || read(COMMENT) !== undefined) continue;
    const quoted = read(QUOTED);
    if (quoted !== undefined) {
      tokens.push({ kind: "quoted", text: quoted, value: quoted.slice(1, -1).replace(/\\(.)/gs, "$1") });
      continue;
    }
    const sign = read(SIGN);
    if (sign !== undefined) {
      tokens.push({ kind: "sign", text: sign, value: sign });
      continue;
    }
    const word = read(WORD);
    if (word === undefined) throw new Refusal("parse-error");
    tokens.push({ kind: "word", text: word, value: word });
  }
  return tokens;
}

export function unexpected(found: string): Refusal {
  return new Refusal("query-creation", { detail: `Unexpected token '${found}' found.` });
}
