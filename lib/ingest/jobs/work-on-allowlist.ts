import type { JobWithMetadata, PgBoss } from "pg-boss";
import { expireEntries } from "#lib/allowlist/commands/expire.ts";
import type { JobData } from "#lib/db/jobs.ts";
import { log } from "#lib/log.ts";
import { applyAllowlist, failRun } from "./apply-allowlist.ts";
import { Stopped } from "./run-import.ts";

/** Entries end by their times, whoever looks; this only writes their end into their history. */
const EXPIRY_INTERVAL_MS = 30_000;

/** Has the worker apply changes of the allowlist to what is stored, until `signal` asks it to stop. */
export async function workOnAllowlist(boss: PgBoss, signal: AbortSignal): Promise<void> {
  const options = {
    includeMetadata: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 5,
  } as const;
  await boss.work<JobData["allowlist"], void, typeof options>("allowlist", options, async ([job]) => {
    if (job) await work(job, signal);
  });
  const sweep = () =>
    expireEntries(new Date()).catch((error: Error) =>
      log.warn({ error: error.message }, "expired entries could not be marked"),
    );
  const timer = setInterval(() => void sweep(), EXPIRY_INTERVAL_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  await sweep();
}

async function work(job: JobWithMetadata<JobData["allowlist"]>, signal: AbortSignal): Promise<void> {
  const { runId } = job.data;
  try {
    await applyAllowlist(runId, () => new Date(), signal);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { message } = error as Error;
    log.error(
      { runId, attempt: job.retryCount + 1, error: message },
      "a change of the allowlist was not applied",
    );
    if (job.retryCount < job.retryLimit) throw error;
    await failRun(runId, message, new Date());
  }
}
