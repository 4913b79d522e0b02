import type { JobWithMetadata, PgBoss } from "pg-boss";
import { db, inTransaction } from "#lib/db/client.ts";
import { type JobData, sendJob } from "#lib/db/jobs.ts";
import { log } from "#lib/log.ts";
import { failImport, runImport, Stopped } from "./run-import.ts";

/** Two at a time: a small file need not wait for a large one. */
const CONCURRENT_IMPORTS = 2;
const BUSY_DELAY_SECONDS = 30;

/** Has the worker read what is delivered, until `signal` asks it to stop. */
export async function workOnImports(boss: PgBoss, signal: AbortSignal): Promise<void> {
  await requeueUnfinished();
  for (let at = 0; at < CONCURRENT_IMPORTS; at++) await takeJobs(boss, signal);
}

async function takeJobs(boss: PgBoss, signal: AbortSignal): Promise<void> {
  const options = {
    includeMetadata: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 5,
  } as const;
  const taker = await boss.work<JobData["import"], void, typeof options>("import", options, async ([job]) => {
    if (job) await work(job, signal);
    // After one file the next, without waiting until the queue is looked at again.
    boss.notifyWorker(taker);
  });
}

/**
 * Imports that a killed worker left are taken up at once rather than when its job is given up. One that another worker is
 * still reading is locked by it: the extra job then waits for its turn, and finds it done.
 */
async function requeueUnfinished(): Promise<void> {
  const unfinished = await db().import.findMany({ where: { state: "running" }, select: { id: true } });
  for (const { id } of unfinished) await queue(id);
}

async function queue(importId: string, delaySeconds = 0): Promise<void> {
  await inTransaction((client) => sendJob(client, "import", { importId }, delaySeconds));
}

async function work(job: JobWithMetadata<JobData["import"]>, signal: AbortSignal): Promise<void> {
  const { importId } = job.data;
  try {
    const end = await runImport(importId, () => new Date(), signal);
    // Whoever reads it may yet die: look again later, until it is done.
    if (end === "busy") await queue(importId, BUSY_DELAY_SECONDS);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { message } = error as Error;
    log.error({ importId, attempt: job.retryCount + 1, error: message }, "an import broke off");
    if (job.retryCount < job.retryLimit) throw error;
    await failImport(importId, "gave-up", message, new Date());
  }
}
