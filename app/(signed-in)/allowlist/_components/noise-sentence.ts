import type { Suggestions } from "#lib/allowlist/queries/suggestions.ts";

/** `12 actors make 91 % of the 4,210 open detections` Rounded down: it is never less than it says. */
export function noiseSentence({ open, covered, rows }: Suggestions): string {
  const who = rows.length === 1 ? "One actor makes" : `${rows.length} actors make`;
  return `${who} ${shareWords(covered, open)} of the ${open.toLocaleString("en-GB")} open detections`;
}

function shareWords(covered: number, open: number): string {
  return covered === open ? "all" : `${Math.floor((100 * covered) / open)} %`;
}
