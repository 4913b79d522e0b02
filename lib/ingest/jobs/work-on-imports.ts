import { setTimeout as sleep } from "node:timers/promises";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { db, inTransaction } from "#lib/db/client.ts";
import { type JobData, sendJob } from "#lib/db/jobs.ts";
import { log } from "#lib/log.ts";
import { failImport, runImport, Stopped } from "./run-import.ts";
import { type Turn, Turns } from "./turns.ts";

/** Two at a time: a small file need not wait for a large one. */
const CONCURRENT_IMPORTS = 2;
const BUSY_DELAY_SECONDS = 30;
/** One that has to be alone looks as often whether it may. */
const ALONE_DELAY_SECONDS = 5;
const AGAIN_SECONDS = 1;
/** A database that restarts, or fails over, is back within minutes. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_MS = 500;

/** Has the worker read what is delivered, until `signal` asks it to stop. */
export async function workOnImports(boss: PgBoss, signal: AbortSignal): Promise<void> {
  await requeueUnfinished();
  const turns = new Turns();
  for (let at = 0; at < CONCURRENT_IMPORTS; at++) await takeJobs(boss, turns, signal);
}

async function takeJobs(boss: PgBoss, turns: Turns, signal: AbortSignal): Promise<void> {
  const options = {
    includeMetadata: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 5,
  } as const;
  const taker = await boss.work<JobData["import"], void, typeof options>("import", options, async ([job]) => {
    if (job) await work(job, turns, signal);
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

async function work(
  job: JobWithMetadata<JobData["import"]>,
  turns: Turns,
  signal: AbortSignal,
): Promise<void> {
  const { importId } = job.data;
  const before = await standing(importId);
  // One that was being read when a worker died may be what killed it.
  const turn = before.attempts > 0 ? turns.alone() : await turns.shared();
  if (!turn) return await queue(importId, ALONE_DELAY_SECONDS);
  try {
    await read(importId, turn, signal);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { message } = error as Error;
    log.error({ importId, attempt: job.retryCount + 1, error: message }, "an import broke off");
    const after = await whenBack(importId, error, signal);
    // What comes further each time is not what is wrong: it is tried anew, as often as that takes.
    if (after.position > before.position) await queue(importId, AGAIN_SECONDS);
    else if (job.retryCount < job.retryLimit) throw error;
    else await failImport(importId, "gave-up", message, new Date());
  } finally {
    turn.end();
  }
}

async function read(importId: string, turn: Turn, signal: AbortSignal): Promise<void> {
  const end = await runImport(importId, () => new Date(), signal, turn.relax);
  // Whoever else reads it may yet die: look again later, until it has ended.
  const isOthers = end === "busy" || (await standing(importId)).state === "running";
  if (isOthers) await queue(importId, BUSY_DELAY_SECONDS);
}

type Standing = { state: string; attempts: number; position: bigint };

async function standing(importId: string): Promise<Standing> {
  const select = { state: true, attempts: true, position: true };
  const row = await db().import.findUnique({ where: { id: importId }, select });
  return row ?? { state: "gone", attempts: 0, position: 0n };
}

/** How far an import is, as soon as the database answers; throws `error` when it does not for long, or we are to stop. */
async function whenBack(importId: string, error: unknown, signal: AbortSignal): Promise<Standing> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS && !signal.aborted; waitedMs += LOOK_MS) {
    const found = await standing(importId).catch(() => undefined);
    if (found) return found;
    await sleep(LOOK_MS);
  }
  throw error;
}
