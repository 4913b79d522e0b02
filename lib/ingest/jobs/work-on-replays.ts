import type { JobWithMetadata, PgBoss } from "pg-boss";
import { inTransaction } from "#lib/db/client.ts";
import { type JobData, sendJob } from "#lib/db/jobs.ts";
import { log } from "#lib/log.ts";
import { Stopped } from "./run-import.ts";
import { failReplay, runReplay } from "./run-replay.ts";

const BUSY_DELAY_SECONDS = 10;

/** Has the worker read stored records again where somebody asked for it, until `signal` asks it to stop. */
export async function workOnReplays(boss: PgBoss, signal: AbortSignal): Promise<void> {
  const options = {
    includeMetadata: true,
    // What only looks need not wait for what changes the store.
    localConcurrency: 2,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 5,
  } as const;
  await boss.work<JobData["replay"], void, typeof options>("replay", options, async ([job]) => {
    if (job) await work(job, signal);
  });
}

async function work(job: JobWithMetadata<JobData["replay"]>, signal: AbortSignal): Promise<void> {
  const { runId } = job.data;
  try {
    const end = await runReplay(runId, () => new Date(), signal);
    // Another is run first; and whoever runs this one may yet die.
    if (end === "busy")
      await inTransaction((client) => sendJob(client, "replay", { runId }, BUSY_DELAY_SECONDS));
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { message } = error as Error;
    log.error({ runId, attempt: job.retryCount + 1, error: message }, "a replay broke off");
    if (job.retryCount < job.retryLimit) throw error;
    await failReplay(runId, message, new Date());
  }
}
