import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { addImport } from "#lib/ingest/commands.ts";
import type { NewImport } from "#lib/ingest/import.ts";
import { SUMO_PROBLEMS, type SumoProblem } from "../problem.ts";
import { halves, MOST_ATTEMPTS, OVERLAP_MS, retryDelayMs } from "../window.ts";
import { addWindows } from "./backfills.ts";
import { forgetTry, type Work } from "./windows.ts";

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
  if (concernsConnection(work, problem)) {
    await forgetTry(work.windowId);
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
  const isGap = problem.reason === "gave-up" || attempts >= MOST_ATTEMPTS;
  await inTransaction(async (client) => {
    await client.query(
      `update sumo_window set state = $2, problem = $3, problem_detail = $4, retry_at = $5, finished_at = $6
       where id = $1 and state = 'waiting'`,
      [
        work.windowId,
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

/** The query of a backfill is its own: the schedule may well go on with the connection's. */
function concernsConnection({ query }: Work, { reason }: SumoProblem): boolean {
  const { about } = SUMO_PROBLEMS[reason];
  return about === "connection" || (about === "query" && query === null);
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
