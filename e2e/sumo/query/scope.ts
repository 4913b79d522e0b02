import type { Message } from "../message.ts";
import { type Token, tokenize, unexpected } from "./tokens.ts";

type Condition = (message: Message) => boolean;

export type Scope = { text: string; holds: Condition };

/** What of a message a scope can ask for by name. What the stand-in's messages have none of is empty. */
const METADATA: Readonly<Record<string, (message: Message) => string>> = {
  _sourcecategory: ({ sourceCategory }) => sourceCategory,
  _sourcehost: () => "stand-in",
  _sourcename: () => "Http Input",
  _source: () => "logs",
  _collector: () => "hosted",
  _index: () => "",
  _view: () => "",
};

/** Reads what stands before the first pipe: AND (or nothing), OR, NOT, parentheses, metadata and keywords. */
export function parseScope(text: string): Scope {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const isNext = (name: string) => {
    const token = peek();
    return token !== undefined && token.kind !== "quoted" && token.text.toUpperCase() === name;
  };
  const take = (): Token => {
    const token = tokens[at++];
    if (!token) throw unexpected("<EOF>");
    return token;
  };

  function either(): Condition {
    const parts = [all()];
    while (isNext("OR")) {
      at++;
      parts.push(all());
    }
    return parts.length === 1 && parts[0] ? parts[0] : (message) => parts.some((part) => part(message));
  }

  function all(): Condition {
    const parts = [one()];
    while (peek() && !isNext("OR") && !isNext(")")) {
      if (isNext("AND")) at++;
      parts.push(one());
    }
    return parts.length === 1 && parts[0] ? parts[0] : (message) => parts.every((part) => part(message));
  }

  function one(): Condition {
    if (isNext("NOT") || isNext("!")) {
      at++;
      const negated = one();
      return (message) => !negated(message);
    }
    if (isNext("(")) {
      at++;
      const inner = either();
      if (!isNext(")")) throw unexpected(peek()?.text ?? "<EOF>");
      at++;
      return inner;
    }
    const token = take();
    if (token.kind === "sign" || /^(and|or)$/i.test(token.text)) throw unexpected(token.text);
    if (token.kind === "word" && (isNext("=") || isNext("!="))) return comparison(token, take(), take());
    return keyword(token);
  }

  const holds = either();
  const left = peek();
  if (left) throw unexpected(left.text);
  return { text, holds };
}

function comparison(name: Token, sign: Token, value: Token): Condition {
  if (value.kind === "sign") throw unexpected(value.text);
  // A field that nobody extracted holds nothing, and so is equal to nothing.
  const read = METADATA[name.text.toLowerCase()] ?? (() => "");
  const pattern = new RegExp(`^${patternOf(value, ".*")}$`, "is");
  return (message) => pattern.test(read(message)) === (sign.text === "=");
}

/** Whole words only, in any case; `*` stands for any letters, but not within quotes. */
function keyword(token: Token): Condition {
  if (token.kind === "word") {
    const odd = /[^\w\-.*/:@$#%+&?~]/u.exec(token.text)?.[0];
    if (odd !== undefined) throw unexpected(odd);
  }
  const before = /^\w/.test(token.value) ? "(?<!\\w)" : "";
  const after = /\w$/.test(token.value) ? "(?!\\w)" : "";
  const pattern = new RegExp(before + patternOf(token, "\\S*?") + after, "i");
  return ({ raw }) => pattern.test(raw);
}

/** Quotes and wildcards do not mix. */
function patternOf({ kind, value }: Token, anything: string): string {
  const literal = value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return kind === "quoted" ? literal : literal.replaceAll("\\*", anything);
}
