import { z } from "zod";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { addImport } from "#lib/ingest/commands.ts";
import type { NewImport } from "#lib/ingest/import.ts";
import { SUMO_PROBLEMS, type SumoProblem } from "../problem.ts";
import { halves, MOST_ATTEMPTS, nextWindow, OVERLAP_MS, retryDelayMs } from "../window.ts";
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
    const span = nextWindow(due.watermark, now);
    const nextRunAt = new Date(now.getTime() + due.every * 60_000);
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

export type Brought = {
  /** Null: no message that was not known. */
  delivery: NewImport | null;
  messages: number;
  bytes: number;
  bytesScanned: number;
  /** Messages that the next window of the schedule brings again. */
  recent: readonly { id: string; receivedAt: Date }[];
  /** Sumo held back messages of it. */
  isCutShort: boolean;
};

/** Makes what was brought an import and the window one that is pulled, or a gap. False: it was cancelled meanwhile. */
export async function finishWindow(work: Work, brought: Brought, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "select from sumo_window where id = $1 and state = 'waiting' for update",
      [work.windowId],
    );
    if (rowCount !== 1) return false;
    const importId = brought.delivery && (await addImport(client, brought.delivery));
    await client.query(
      `update sumo_window set state = $2, problem = $3, problem_detail = '', messages = $4, bytes = $5, bytes_scanned = $6,
         import_id = $7, finished_at = $8, job_id = null, retry_at = null where id = $1`,
      [
        work.windowId,
        brought.isCutShort ? "gap" : "pulled",
        brought.isCutShort ? "truncated" : null,
        brought.messages,
        brought.bytes,
        brought.bytesScanned,
        importId,
        now,
      ],
    );
    if (work.timeKind === "receipt") await remember(client, work, brought.recent);
    await noteSuccess(client, work, now);
    return true;
  });
}

/** Replaces a window that Sumo cuts short by its halves. */
export async function splitWindow(work: Work, now: Date): Promise<void> {
  const parts = halves({ from: work.startsAt.getTime(), to: work.endsAt.getTime() });
  if (!parts) throw new Error("A window of a second is not split.");
  await inTransaction(async (client) => {
    const { rowCount } = await client.query("delete from sumo_window where id = $1 and state = 'waiting'", [
      work.windowId,
    ]);
    if (rowCount !== 1) return;
    await addWindows(client, { ...work, now }, parts);
    await noteSuccess(client, work, now);
  });
}

/**
 * Notes what kept a window from being pulled. It waits and is tried again; a window that fails again and again because of
 * itself becomes a gap, so that the others go on.
 */
export async function failWindow(work: Work, problem: SumoProblem, now: Date): Promise<void> {
  const detail = storable(problem.detail);
  if (SUMO_PROBLEMS[problem.reason].about === "connection") {
    await pool().query(
      `update sumo_connection set failures = failures + 1, problem = $2, problem_detail = $3, last_run_at = $4,
         retry_at = $5 where id = $1`,
      [
        work.connectionId,
        problem.reason,
        detail,
        now,
        new Date(now.getTime() + retryDelayMs(work.failures + 1)),
      ],
    );
    return;
  }
  const attempts = work.attempts + 1;
  const isGap = attempts >= MOST_ATTEMPTS;
  await inTransaction(async (client) => {
    await client.query(
      `update sumo_window set attempts = $2, state = $3, problem = $4, problem_detail = $5, retry_at = $6, finished_at = $7
       where id = $1 and state = 'waiting'`,
      [
        work.windowId,
        attempts,
        isGap ? "gap" : "waiting",
        problem.reason,
        detail,
        isGap ? null : new Date(now.getTime() + retryDelayMs(attempts)),
        isGap ? now : null,
      ],
    );
    if (isGap) await endBackfill(client, work.backfillId, now);
  });
}

async function noteSuccess(client: Transaction, work: Work, now: Date): Promise<void> {
  await client.query(
    `update sumo_connection set failures = 0, problem = null, problem_detail = null, retry_at = null, last_success_at = $2
     where id = $1`,
    [work.connectionId, now],
  );
  await endBackfill(client, work.backfillId, now);
}

/** A backfill of which no window waits is done. */
async function endBackfill(client: Transaction, backfillId: string | null, now: Date): Promise<void> {
  if (backfillId === null) return;
  await client.query(
    `update sumo_backfill set state = 'done', finished_at = $2, revision = revision + 1
     where id = $1 and state in ('running', 'paused')
       and not exists (select from sumo_window where backfill_id = $1 and state = 'waiting')`,
    [backfillId, now],
  );
}

async function remember(client: Transaction, work: Work, recent: Brought["recent"]): Promise<void> {
  const since = new Date(work.watermark.getTime() - OVERLAP_MS);
  await client.query("delete from sumo_recent where connection_id = $1 and received_at < $2", [
    work.connectionId,
    since,
  ]);
  await client.query(
    `insert into sumo_recent (connection_id, message_id, received_at)
     select $1, id, received_at from unnest($2::text[], $3::timestamptz[]) as one (id, received_at)
     on conflict do nothing`,
    [work.connectionId, recent.map(({ id }) => id), recent.map(({ receivedAt }) => receivedAt)],
  );
}

const KEPT_DAYS = 30;

/** Forgets windows of the schedule that were pulled long ago: their imports tell of them. */
export async function pruneWindows(now: Date): Promise<void> {
  await pool().query(
    `delete from sumo_window where backfill_id is null and state = 'pulled' and finished_at < $1`,
    [new Date(now.getTime() - KEPT_DAYS * 86_400_000)],
  );
}
