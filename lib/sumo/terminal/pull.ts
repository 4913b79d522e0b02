import type { Outcome } from "#lib/outcome.ts";
import { failure, success } from "#lib/outcome.ts";
import type { Search, SearchEnd, SearchRow } from "../client/search.ts";
import type { SumoProblem } from "../problem.ts";

/** Shorter ones are not cut: what Sumo holds back of them stays there. */
const SHORTEST_MS = 1000;

type Run = (search: Search, whenTruncated: "skip" | "read") => Promise<Outcome<SearchEnd, SumoProblem>>;

export type Pulled = {
  messages: number;
  searches: number /** Of which not all could be read. */;
  cutShort: Search[];
};

/** Searches a range whole: one that Sumo cuts short by its halves, the newer first, as messages come. */
export async function pullRange(search: Search, run: Run): Promise<Outcome<Pulled, SumoProblem>> {
  const pulled: Pulled = { messages: 0, searches: 0, cutShort: [] };
  const left = [search];
  for (let next = left.pop(); next; next = left.pop()) {
    const isShortest = next.to - next.from <= SHORTEST_MS;
    const ended = await run(next, isShortest ? "read" : "skip");
    if (!ended.ok) return failure(ended.reason);
    pulled.searches++;
    pulled.messages += ended.value.rows;
    if (!ended.value.isTruncated) continue;
    const middle = Math.floor((next.from + next.to) / 2);
    if (isShortest) pulled.cutShort.push(next);
    else left.push({ ...next, to: middle }, { ...next, from: middle });
  }
  return success(pulled);
}

/** A record as it came, in one line. Within JSON a break of lines stands between values only. */
export function rawLine(row: SearchRow): string | undefined {
  return row._raw?.replace(/\s*[\r\n]+\s*/g, " ").trim();
}
