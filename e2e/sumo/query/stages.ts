import { Refusal } from "../refusal.ts";

/**
 * Cuts a query at its pipes. A pipe within quotes, within a regular expression or in a comment cuts nothing; quotes and
 * parentheses have to be closed.
 */
export function cutStages(query: string): string[] {
  const stages = [""];
  const add = (text: string) => stages.push((stages.pop() ?? "") + text);
  let depth = 0;
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const before = stages.at(-1) ?? "";
    const comment = /^\/\/[^\n]*/.exec(rest)?.[0];
    if (comment !== undefined && /(^|\s)$/.test(before)) {
      at += comment.length;
      continue;
    }
    const whole = wholePiece(rest, stages.length > 1 && /(\bmatches|\bregex|[=~])\s*$/i.test(before));
    if (whole !== undefined) {
      add(whole);
      at += whole.length;
      continue;
    }
    const letter = query.charAt(at);
    if (letter === '"') throw new Refusal("parse-error");
    if (letter === "(") depth++;
    if (letter === ")") depth--;
    if (depth < 0) throw new Refusal("parse-error");
    if (letter === "|") {
      if (depth > 0) throw new Refusal("parse-error");
      stages.push("");
    } else {
      add(letter);
    }
    at++;
  }
  if (depth > 0) throw new Refusal("parse-error");
  return stages.map((stage) => stage.trim());
}

function wholePiece(rest: string, mayBeRegex: boolean): string | undefined {
  const quoted = /^"(?:[^"\\]|\\.)*"/s.exec(rest)?.[0];
  if (quoted !== undefined) return quoted;
  return mayBeRegex ? /^\/(?:[^/\\\n]|\\.)+\//.exec(rest)?.[0] : undefined;
}
