import { randomUUID } from "node:crypto";
import { withLock } from "#lib/db/advisory-lock.ts";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { log } from "#lib/log.ts";
import { getRetention } from "../queries/retention.ts";
import { type Cutoffs, cutoffsOf } from "../retention.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import {
  retireAlerts,
  retireEvents,
  retireRecords,
  retireRejected,
  retireSamples,
} from "../writer/retire.ts";
import type { EventKey } from "../writer/take-events.ts";
import { Stopped } from "./run-import.ts";

const LOOK_MS = 15 * 60_000;

/** Has the worker delete each day what is kept no longer, until `signal` asks it to stop. */
export async function workOnRetention(signal: AbortSignal): Promise<void> {
  const look = () =>
    runRetention(() => new Date(), signal).catch((error: Error) => {
      if (!(error instanceof Stopped)) log.error({ error: error.message }, "retention broke off");
    });
  const timer = setInterval(() => void look(), LOOK_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  void look();
}

type Counted = "alerts" | "events" | "records" | "rejected";

/**
 * Deletes what lies before the times that the policy gives today, in batches, unless it is done already. One that breaks off is
 * repeated: what is left is what lies before. Throws Stopped, and whatever keeps it from going on now.
 */
export async function runRetention(
  clock: () => Date,
  signal: AbortSignal,
): Promise<"done" | "nothing" | "busy"> {
  return await withLock<"done" | "nothing">("retention", async () => {
    const { revision, ...retention } = await getRetention();
    const cutoffs = cutoffsOf(retention, clock());
    const isOff = Object.values(cutoffs).every((time) => time === null);
    if (isOff || (await isDone(revision, cutoffs))) return "nothing";
    const id = await begin(revision, cutoffs, clock());
    try {
      await retire(id, cutoffs, signal);
    } catch (error) {
      if (!(error instanceof Stopped)) await fail(id, error as Error, clock());
      throw error;
    }
    await pool().query("update retention_run set state = 'done', finished_at = $2 where id = $1", [
      id,
      clock(),
    ]);
    return "done";
  });
}

async function isDone(
  revision: number,
  { rawBefore, eventsBefore, alertsBefore }: Cutoffs,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `select 1 from retention_run where state = 'done' and revision = $1 and raw_before is not distinct from $2
       and events_before is not distinct from $3 and alerts_before is not distinct from $4 limit 1`,
    [revision, rawBefore, eventsBefore, alertsBefore],
  );
  return rowCount === 1;
}

/** From here on what lies before its times may be gone. A run that broke off is gone on with. */
async function begin(
  revision: number,
  { rawBefore, eventsBefore, alertsBefore }: Cutoffs,
  now: Date,
): Promise<string> {
  const values = [revision, rawBefore, eventsBefore, alertsBefore];
  const broken = await pool().query<{ id: string }>(
    `update retention_run set state = 'running', failure = null where id = (
       select id from retention_run where state <> 'done' and revision = $1 and raw_before is not distinct from $2
         and events_before is not distinct from $3 and alerts_before is not distinct from $4
       order by started_at desc limit 1)
     returning id`,
    values,
  );
  if (broken.rows[0]) return broken.rows[0].id;
  const id = randomUUID();
  await pool().query(
    `insert into retention_run (revision, raw_before, events_before, alerts_before, id, state, started_at)
     values ($1, $2, $3, $4, $5, 'running', $6)`,
    [...values, id, now],
  );
  return id;
}

async function fail(id: string, error: Error, now: Date): Promise<void> {
  await pool().query(
    "update retention_run set state = 'failed', failure = $2, finished_at = $3 where id = $1",
    [id, storable(error.message), now],
  );
}

/** Alerts first: with them go the detections that keep events and records. */
async function retire(
  id: string,
  { rawBefore, eventsBefore, alertsBefore }: Cutoffs,
  signal: AbortSignal,
): Promise<void> {
  if (alertsBefore) {
    await repeat(id, signal, async (client) => {
      const alerts = await retireAlerts(client, alertsBefore);
      return { counts: { alerts }, more: alerts > 0 };
    });
  }
  if (eventsBefore) {
    let after: EventKey | null = null;
    await repeat(id, signal, async (client) => {
      const { events, last } = await retireEvents(client, eventsBefore, after);
      after = last;
      return { counts: { events }, more: last !== null };
    });
  }
  if (!rawBefore) return;
  await repeat(id, signal, async (client) => {
    await retireSamples(client, rawBefore);
    return { counts: {}, more: false };
  });
  await repeat(id, signal, async (client) => {
    const rejected = await retireRejected(client, rawBefore);
    return { counts: { rejected }, more: rejected > 0 };
  });
  let after = "0";
  await repeat(id, signal, async (client) => {
    const { records, last } = await retireRecords(client, rawBefore, after);
    after = last ?? after;
    return { counts: { records }, more: last !== null };
  });
}

type Step = { counts: Partial<Record<Counted, number>>; more: boolean };

/** A batch is a transaction, with what it counts: imports go on between two of them. */
async function repeat(
  id: string,
  signal: AbortSignal,
  step: (client: Transaction) => Promise<Step>,
): Promise<void> {
  for (let more = true; more; ) {
    if (signal.aborted) throw new Stopped("The worker is stopping.");
    more = await inTransaction(async (client) => {
      await holdForAltering(client);
      const done = await step(client);
      for (const [name, count] of Object.entries(done.counts) as [Counted, number][])
        await client.query(`update retention_run set ${name} = ${name} + $2 where id = $1`, [id, count]);
      return done.more;
    });
  }
}
