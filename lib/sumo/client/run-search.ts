import { setTimeout as wait } from "node:timers/promises";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoProblem } from "../problem.ts";
import { Patience } from "./patience.ts";
import { readPages } from "./read-pages.ts";
import { Sender } from "./request.ts";
import type { DeleteSearch, RunSearch, SearchEnd, SearchOptions } from "./search.ts";
import { createJob, deleteJob, type JobStatus, jobStatus } from "./search-job.ts";

/** Sumo lets go of a job for which nobody has asked for 20 to 30 seconds. */
const FIRST_POLL_MS = 1000;
const LONGEST_POLL_MS = 15_000;
const POLL_GROWTH = 1.25;

/** A job may be unknown for a moment after it was made. */
const UNKNOWN_YET = 6;

/** Sumo's documented limit of a search; it says that the limit may vary. */
const MOST_MESSAGES = 100_000;
const SAYS_TRUNCATED = /\b(max(imum)?|limit)\b.*\breached\b|\breached\b.*\b(max(imum)?|limit)\b/i;

const ENDED = new Set(["DONE GATHERING RESULTS", "FORCE PAUSED"]);
const CANCELLED = new Set(["CANCELLED", "CANCELED"]);

/** Of a search that was stopped the job still has to go, but a process that ends does not wait for long. */
const DISCARD_MS = 30_000;
const DISCARD_WHEN_STOPPED_MS = 5000;

type Ended = Omit<SearchEnd, "rows">;

/** See RunSearch. What the caller's functions throw is thrown, after the job was deleted. */
export const runSearch: RunSearch = async (access, search, options) => {
  const sleep = options.sleep ?? sleepFor;
  const sender = new Sender(access);
  const patience = new Patience(sender, { ...options, sleep });
  let id: string | undefined;
  try {
    const created = await createJob(patience, search, options.kind);
    if (!created.ok) return created;
    id = created.value;
    await options.onCreated?.(id);
    return await follow(patience, id, { ...options, sleep });
  } catch (error) {
    if (!options.signal.aborted) throw error;
    return failure({ reason: "stopped", detail: "" });
  } finally {
    if (id !== undefined) {
      const signal = AbortSignal.timeout(options.signal.aborted ? DISCARD_WHEN_STOPPED_MS : DISCARD_MS);
      await discard(new Patience(sender, { ...options, sleep, signal }), id);
    }
  }
};

export const deleteSearch: DeleteSearch = async (access, jobId, { turns, signal }) => {
  try {
    return await deleteJob(new Patience(new Sender(access), { turns, signal, sleep: sleepFor }), jobId);
  } catch (error) {
    if (!signal.aborted) throw error;
    return failure({ reason: "stopped", detail: "" });
  }
};

/** Best effort: what was found is not lost because Sumo keeps the job a little longer. */
async function discard(patience: Patience, id: string): Promise<void> {
  await deleteJob(patience, id).catch(() => {});
}

type Following = SearchOptions & Required<Pick<SearchOptions, "sleep">>;

async function follow(
  patience: Patience,
  id: string,
  options: Following,
): Promise<Outcome<SearchEnd, SumoProblem>> {
  const ended = await untilEnded(patience, id, options);
  if (!ended.ok) return ended;
  const end = ended.value;
  if (end.isTruncated && options.whenTruncated === "skip") return success({ ...end, rows: 0 });
  const total = options.kind === "messages" ? end.messageCount : end.recordCount;
  const rows = await readPages(patience, { id, total, isTruncated: end.isTruncated }, options);
  return rows.ok ? success({ ...end, rows: rows.value }) : rows;
}

async function untilEnded(
  patience: Patience,
  id: string,
  { signal, sleep, onProgress, kind }: Following,
): Promise<Outcome<Ended, SumoProblem>> {
  const warnings: string[] = [];
  let isKnown = false;
  let pollMs = FIRST_POLL_MS;
  for (let unknown = 0; ; ) {
    await sleep(pollMs, signal);
    const polled = await jobStatus(patience, id);
    if (!polled.ok) {
      const { reason, detail } = polled.reason;
      if (reason !== "job-lost" || isKnown || ++unknown > UNKNOWN_YET) return failure({ reason, detail });
      continue;
    }
    isKnown = true;
    pollMs = Math.min(LONGEST_POLL_MS, pollMs * POLL_GROWTH);
    const { pendingErrors, warnings: told, ...progress } = polled.value;
    warnings.push(...told);
    onProgress?.(progressOf(progress));
    if (pendingErrors.length > 0) return failure({ reason: "query-failed", detail: listed(pendingErrors) });
    if (CANCELLED.has(progress.state)) return failure({ reason: "cancelled", detail: progress.state });
    if (!ENDED.has(progress.state)) continue;
    if (patience.isNewsLost) return failure({ reason: "answer-lost", detail: progress.state });
    return success({ ...progressOf(progress), warnings, isTruncated: isTruncated(progress, warnings, kind) });
  }
}

function progressOf({
  state,
  messageCount,
  recordCount,
  bytesScanned,
}: Omit<JobStatus, "pendingErrors" | "warnings">) {
  return { state, messageCount, recordCount, bytesScanned };
}

function isTruncated(
  { state, messageCount }: { state: string; messageCount: number },
  warnings: readonly string[],
  kind: "messages" | "records",
): boolean {
  if (state === "FORCE PAUSED" || warnings.some((text) => SAYS_TRUNCATED.test(text))) return true;
  return kind === "messages" && messageCount === MOST_MESSAGES;
}

function listed(texts: readonly string[]): string {
  return texts.join("; ").slice(0, 500);
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
