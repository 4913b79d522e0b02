import type { JobWithMetadata, PgBoss } from "pg-boss";
import { inTransaction } from "#lib/db/client.ts";
import { type JobData, sendJob } from "#lib/db/jobs.ts";
import { log } from "#lib/log.ts";
import { deleteImport, failDeletion } from "./delete-import.ts";
import { Stopped } from "./run-import.ts";

const BUSY_DELAY_SECONDS = 30;

/** Has the worker delete what somebody wants deleted, until `signal` asks it to stop. */
export async function workOnDeletions(boss: PgBoss, signal: AbortSignal): Promise<void> {
  const options = {
    includeMetadata: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 5,
  } as const;
  await boss.work<JobData["deletion"], void, typeof options>("deletion", options, async ([job]) => {
    if (job) await work(job, signal);
  });
}

async function work(job: JobWithMetadata<JobData["deletion"]>, signal: AbortSignal): Promise<void> {
  const { importId } = job.data;
  try {
    const end = await deleteImport(importId, () => new Date(), signal);
    // Whoever has it may yet die: look again later, until it is done.
    if (end === "busy")
      await inTransaction((client) => sendJob(client, "deletion", { importId }, BUSY_DELAY_SECONDS));
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { message } = error as Error;
    log.error({ importId, attempt: job.retryCount + 1, error: message }, "a deletion broke off");
    if (job.retryCount < job.retryLimit) throw error;
    await failDeletion(importId, message, new Date());
  }
}
