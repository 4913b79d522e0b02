import type { Outcome } from "#lib/outcome.ts";
import { failure, success } from "#lib/outcome.ts";
import type { Search, SearchEnd, SearchRow } from "../client/search.ts";
import type { SumoProblem } from "../problem.ts";
import { halves } from "../window.ts";

type Run = (search: Search, whenTruncated: "skip" | "read") => Promise<Outcome<SearchEnd, SumoProblem>>;

export type Pulled = {
  messages: number;
  searches: number;
  /** Of which not all could be read. */
  cutShort: Search[];
};

/** Searches a range whole: one that Sumo cuts short by its halves, the newer first, as messages come. */
export async function pullRange(search: Search, run: Run): Promise<Outcome<Pulled, SumoProblem>> {
  const pulled: Pulled = { messages: 0, searches: 0, cutShort: [] };
  const left = [search];
  for (let next = left.pop(); next; next = left.pop()) {
    const parts = halves(next);
    const ended = await run(next, parts ? "skip" : "read");
    if (!ended.ok) return failure(ended.reason);
    pulled.searches++;
    pulled.messages += ended.value.rows;
    if (!ended.value.isTruncated) continue;
    if (parts) left.push(...parts.map((part) => ({ ...next, ...part })));
    else pulled.cutShort.push(next);
  }
  return success(pulled);
}

/** A record as it came, in one line. Within JSON a break of lines stands between values only. */
export function rawLine(row: SearchRow): string | undefined {
  return row._raw?.replace(/\s*[\r\n]+\s*/g, " ").trim();
}
