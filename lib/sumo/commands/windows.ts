import { z } from "zod";
import { inTransaction, pool } from "#lib/db/client.ts";
import { nextWindow } from "../window.ts";
import { addWindows } from "./backfills.ts";

/** A window in hand, with what it takes to pull it. */
export type Work = {
  windowId: string;
  connectionId: string;
  connectionName: string;
  backfillId: string | null;
  timeKind: "receipt" | "message";
  startsAt: Date;
  endsAt: Date;
  /** That came to nothing because of the window, or ended without a word. */
  attempts: number;
  /** Left by a worker that died. */
  jobId: string | null;
  /** `range`, `actor`, or null: of the schedule. */
  kind: "range" | "actor" | null;
  /** Of a backfill its own; null: the connection's. */
  query: string | null;
  /** From here on the next window of the schedule brings messages again. */
  watermark: Date;
  startedBy: string | null;
  /** Of the connection, one after another. */
  failures: number;
};

const workSchema = z.array(
  z.object({
    windowId: z.guid(),
    connectionId: z.guid(),
    connectionName: z.string(),
    backfillId: z.guid().nullable(),
    timeKind: z.enum(["receipt", "message"]),
    startsAt: z.date(),
    endsAt: z.date(),
    attempts: z.int(),
    jobId: z.string().nullable(),
    kind: z.enum(["range", "actor"]).nullable(),
    query: z.string().nullable(),
    watermark: z.date(),
    startedBy: z.guid().nullable(),
    failures: z.int(),
  }),
);

/** A window may be pulled: nothing keeps it, its backfill or its connection waiting. `$1`: now. */
const RUNNABLE = `
  sumo_window.state = 'waiting' and coalesce(sumo_window.retry_at <= $1, true)
  and (sumo_window.backfill_id is null or exists (
    select from sumo_backfill where sumo_backfill.id = sumo_window.backfill_id and sumo_backfill.state = 'running'))`;

const HAS_SCHEDULED = `exists (select from sumo_window where connection_id = connection.id and state = 'waiting'
  and backfill_id is null)`;

/** Connections for which there is something to do. */
export async function listDue(now: Date): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `select id from sumo_connection connection
     where enabled and coalesce(retry_at <= $1, true) and ((next_run_at <= $1 and not ${HAS_SCHEDULED})
       or exists (select from sumo_window where connection_id = connection.id and ${RUNNABLE}))
     order by next_run_at`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/**
 * Puts the schedule's next window among those that wait, and moves the watermark with it, when it is time and none waits
 * yet.
 */
export async function planSchedule(connectionId: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ watermark: Date; every: number }>(
      `select watermark, every_minutes as every from sumo_connection connection
       where id = $1 and enabled and next_run_at <= $2 and not ${HAS_SCHEDULED} for update`,
      [connectionId, now],
    );
    const [due] = rows;
    if (!due) return;
    const { span, isBehind } = nextWindow(due.watermark, now);
    const nextRunAt = isBehind ? now : new Date(now.getTime() + due.every * 60_000);
    const watermark = span ? new Date(span.to) : due.watermark;
    await client.query(
      "update sumo_connection set next_run_at = $2, watermark = $3, last_run_at = $4 where id = $1",
      [connectionId, nextRunAt, watermark, now],
    );
    if (span) {
      await addWindows(client, { connectionId, backfillId: null, timeKind: "receipt", now }, [span]);
    }
  });
}

/** The next window of a connection: of the schedule the oldest, then of backfills in their order the newest. */
export async function nextWork(connectionId: string, now: Date): Promise<Work | undefined> {
  const { rows } = await pool().query(
    `select sumo_window.id as "windowId", connection.id as "connectionId", connection.name as "connectionName",
       backfill_id as "backfillId", time_kind as "timeKind", sumo_window.starts_at as "startsAt",
       sumo_window.ends_at as "endsAt", attempts, job_id as "jobId", kind, query, watermark,
       backfill.created_by as "startedBy", failures
     from sumo_window join sumo_connection connection on connection.id = connection_id
       left join sumo_backfill backfill on backfill.id = backfill_id
     where connection.id = $2 and connection.enabled and coalesce(connection.retry_at <= $1, true) and ${RUNNABLE}
     order by backfill_id is not null, backfill.created_at,
       case when backfill_id is null then sumo_window.starts_at end, sumo_window.starts_at desc
     limit 1`,
    [now, connectionId],
  );
  return workSchema.parse(rows)[0];
}

/** Counts a try: one that takes the worker with it says nothing afterwards. */
export async function beginTry(windowId: string): Promise<void> {
  await pool().query("update sumo_window set attempts = attempts + 1 where id = $1", [windowId]);
}

/** A try that ended by itself, and not because of the window, does not count. */
export async function forgetTry(windowId: string): Promise<void> {
  await pool().query("update sumo_window set attempts = greatest(attempts - 1, 0) where id = $1", [windowId]);
}

/** Which job searches for a window, so that another worker can delete it if this one dies. */
export async function noteJob(windowId: string, jobId: string | null): Promise<void> {
  await pool().query("update sumo_window set job_id = $2 where id = $1", [windowId, jobId]);
}

/** Which of these messages the schedule has brought before. */
export async function knownMessages(connectionId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>(
    "select message_id as id from sumo_recent where connection_id = $1 and message_id = any($2::text[])",
    [connectionId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}
