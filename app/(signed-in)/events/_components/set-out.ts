const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const OPENING: ReadonlySet<string> = new Set(["{", "["]);
const CLOSING: ReadonlySet<string> = new Set(["}", "]"]);

/** Deeper levels stand below one another: their indents would grow with the square of the depth. */
const MAX_INDENT = 60;

/**
 * JSON with line breaks and indents, and nothing else changed: evidence keeps its digits, its escapes and its repeated keys,
 * which reading and writing it again would lose. Null for what is not JSON.
 */
export function setOut(text: string): string | null {
  if (!isJson(text)) return null;
  let shown = "";
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (CLOSING.has(token)) depth--;
    if (isBrokenBetween(before, token)) shown += lineBreak(depth);
    shown += token === ":" ? ": " : token;
    if (OPENING.has(token)) depth++;
    before = token;
  }
  return shown;
}

function isBrokenBetween(before: string, token: string): boolean {
  if (CLOSING.has(token)) return !OPENING.has(before);
  return OPENING.has(before) || before === ",";
}

function lineBreak(depth: number): string {
  return `\n${"  ".repeat(Math.min(depth, MAX_INDENT))}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
