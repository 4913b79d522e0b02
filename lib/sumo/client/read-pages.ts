import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoProblem } from "../problem.ts";
import { messageIdentity } from "./message-identity.ts";
import type { Patience } from "./patience.ts";
import type { SearchOptions, SearchRow } from "./search.ts";
import { jobPage, jobStatus } from "./search-job.ts";

/** What one page may hold. Sumo gives no more than so many rows, however many are asked for. */
const FIRST_LIMIT = 2000;
const LARGEST_LIMIT = 10_000;
const PAGE_BYTES = 16_000_000;

/** Sumo counts messages at times before it can give them. */
const MOST_EMPTY = 10;
const EMPTY_WAIT_MS = 2000;

/** How often all pages are asked for anew when a message is missing. */
const MOST_PASSES = 4;

const KEEP_ALIVE_MS = 15_000;

type Reading = SearchOptions & Required<Pick<SearchOptions, "sleep">>;
/** `total`: what Sumo counted. Of a search that it cut short it may count more than it gives. */
type Job = { id: string; total: number; isTruncated: boolean };

/** Hands on the rows of a job that has ended, each once, and says how many they were. */
export async function readPages(
  patience: Patience,
  job: Job,
  options: Reading,
): Promise<Outcome<number, SumoProblem>> {
  const reader = new PageReader(patience, job, options);
  for (let pass = 0; pass < MOST_PASSES && !reader.isDone; pass++) {
    const problem = await reader.readAll();
    if (problem) return failure(problem);
  }
  if (reader.isDone || job.isTruncated) return success(reader.rows);
  return failure({ reason: "incomplete", detail: `${reader.rows} of ${job.total} counted` });
}

class PageReader {
  readonly #patience: Patience;
  readonly #job: Job;
  readonly #options: Reading;
  readonly #seen = new Set<string>();
  #limit = FIRST_LIMIT;

  constructor(patience: Patience, job: Job, options: Reading) {
    this.#patience = patience;
    this.#job = job;
    this.#options = options;
  }

  get rows(): number {
    return this.#seen.size;
  }

  get #wanted(): number {
    return Math.min(this.#job.total, this.#options.maxRows ?? this.#job.total);
  }

  get isDone(): boolean {
    return this.rows >= this.#wanted;
  }

  /** From the first page to the last, or to the first of none. */
  async readAll(): Promise<SumoProblem | undefined> {
    const { sleep, signal } = this.#options;
    let empty = 0;
    for (let offset = 0; offset < this.#job.total && !this.isDone; ) {
      const page = await this.#ask(offset);
      if (!page.ok) return page.reason;
      if (page.value.length === 0) {
        if (++empty > MOST_EMPTY) return undefined;
        await sleep(EMPTY_WAIT_MS, signal);
        continue;
      }
      // By what came, not by what was asked for: a page may be short.
      offset += page.value.length;
      const fresh = this.#fresh(page.value);
      if (fresh.length > 0) await this.#whileAlive(this.#options.onRows(fresh));
    }
    return undefined;
  }

  /** A page that is too large is asked for again with fewer rows. */
  async #ask(offset: number): Promise<Outcome<SearchRow[], SumoProblem>> {
    const { id } = this.#job;
    for (;;) {
      const limit = Math.min(this.#limit, Math.max(1, this.#options.maxRows ?? LARGEST_LIMIT));
      const page = await jobPage(this.#patience, { id, kind: this.#options.kind, offset, limit });
      if (page.ok) {
        const { rows, bytes } = page.value;
        if (rows.length > 0) this.#limit = limitFor(bytes / rows.length);
        return success(rows);
      }
      if (page.reason.reason !== "too-large" || limit === 1) return page;
      this.#limit = Math.max(1, Math.floor(limit / 8));
    }
  }

  #fresh(rows: readonly SearchRow[]): SearchRow[] {
    return rows.filter((row) => {
      const identity = messageIdentity(row);
      if (this.#seen.has(identity)) return false;
      this.#seen.add(identity);
      return true;
    });
  }

  /** Asks for the job's state while a slow reader works, so that Sumo does not let go of it. */
  async #whileAlive(work: Promise<void>): Promise<void> {
    const { sleep, signal } = this.#options;
    const settled = work.then(
      () => true,
      () => true,
    );
    for (;;) {
      const waiting = new AbortController();
      const long = sleep(KEEP_ALIVE_MS, AbortSignal.any([signal, waiting.signal])).then(
        () => false,
        () => true,
      );
      const isOver = await Promise.race([settled, long]);
      waiting.abort();
      if (isOver) break;
      await jobStatus(this.#patience, this.#job.id);
    }
    // Not cut short by the signal: whoever writes has to come to an end by itself.
    await work;
  }
}

function limitFor(bytesARow: number): number {
  return Math.min(LARGEST_LIMIT, Math.max(1, Math.floor(PAGE_BYTES / Math.max(1, bytesARow))));
}
