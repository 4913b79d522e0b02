import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import { holdAllowlist } from "#lib/allowlist/queries/in-force.ts";
import {
  type Touched,
  type TouchedKey,
  touchedByEntry,
  touchedByWatchItem,
} from "#lib/allowlist/queries/touched.ts";
import { db, inTransaction, type Transaction } from "#lib/db/client.ts";
import { announce } from "#lib/db/live.ts";
import { loadCandidates } from "../writer/candidate.ts";
import { judgeAgain } from "../writer/decisions.ts";
import { deriveAlerts, holdDerivation } from "../writer/store-alerts.ts";
import { Stopped } from "./run-import.ts";

/** A chunk is a transaction: imports go on between two of them. */
const CHUNK = 5000;

/**
 * Applies a changed entry or watch item to the stored detections that it may concern. Each is decided by the whole allowlist
 * as it stands, by the function that decides about new ones, so that runs may overlap, break off and be repeated. Throws
 * Stopped, and whatever keeps it from going on now.
 */
export async function applyAllowlist(runId: string, clock: () => Date, signal: AbortSignal): Promise<void> {
  const run = await db().allowRun.findUnique({ where: { id: runId } });
  if (!run || run.state === "done" || run.state === "failed") return;
  const isWatch = run.about === "watch";
  const touched = await inTransaction(async (client) => {
    const found = isWatch
      ? await touchedByWatchItem(client, run.targetId)
      : await touchedByEntry(client, run.targetId);
    const total = await found.count(client);
    await client.query("update allow_run set state = 'running', total = $2, done = 0 where id = $1", [
      runId,
      total,
    ]);
    await announce(client, { topic: "allowlist", id: runId });
    return found;
  });
  let after: TouchedKey | null = null;
  do {
    if (signal.aborted) throw new Stopped("The worker is stopping.");
    after = await applyChunk(runId, touched, after, { resignal: isWatch, now: clock() });
  } while (after);
  await inTransaction(async (client) => {
    await client.query("update allow_run set state = 'done', finished_at = $2 where id = $1", [
      runId,
      clock(),
    ]);
    await announce(client, { topic: "allowlist", id: runId });
  });
}

/** Ends a run that cannot be finished. */
export async function failRun(runId: string, failure: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      "update allow_run set state = 'failed', failure = $2, finished_at = $3 where id = $1 and state <> 'done'",
      [runId, failure, now],
    );
    await announce(client, { topic: "allowlist", id: runId });
  });
}

/** Returns where to go on, or null at the end. */
async function applyChunk(
  runId: string,
  touched: Touched,
  after: TouchedKey | null,
  { resignal, now }: { resignal: boolean; now: Date },
): Promise<TouchedKey | null> {
  return await inTransaction(async (client) => {
    const inForce = await holdAllowlist(client);
    await holdDerivation(client);
    const keys = await touched.list(client, after, CHUNK);
    const stored = await loadCandidates(client, keys);
    const { changed, alertIds, numbers } = await judgeAgain(client, stored, inForce, { resignal });
    await advance(client, runId, keys.length, changed);
    const before = await holdAlerts(runOn(client), alertIds);
    await deriveAlerts(client, alertIds, now);
    await keepNumbers(runOn(client), before, { added: null, detections: numbers });
    return keys.length === CHUNK ? (keys.at(-1) ?? null) : null;
  });
}

async function advance(client: Transaction, runId: string, done: number, changed: number): Promise<void> {
  await client.query("update allow_run set done = done + $2, changed = changed + $3 where id = $1", [
    runId,
    done,
    changed,
  ]);
  await announce(client, { topic: "allowlist", id: runId });
}
