import { z } from "zod";
import { pool } from "#lib/db/client.ts";
import type { Backfill, PullWindow } from "../connection.ts";

/** The newest windows of a connection that were pulled. */
export async function listPulls(connectionId: string, most: number): Promise<PullWindow[]> {
  return await readWindows(
    "connection_id = $1 and state = 'pulled' order by finished_at desc, id desc limit $2",
    [connectionId, most],
  );
}

/** Windows of a connection of which messages are missing, the newest first; `most` of them. */
export async function listGaps(connectionId: string, most: number): Promise<PullWindow[]> {
  return await readWindows("connection_id = $1 and state = 'gap' order by starts_at desc, id desc limit $2", [
    connectionId,
    most,
  ]);
}

/** The window that an import came from. */
export async function findWindowOfImport(
  importId: string,
): Promise<(PullWindow & { connectionId: string }) | undefined> {
  const { rows } = await pool().query(
    `select connection_id, ${COLUMNS} from sumo_window where import_id = $1`,
    [importId],
  );
  const [row] = rows;
  const [window] = windowsSchema.parse(rows).map(windowOf);
  return window && { ...window, connectionId: z.guid().parse(row.connection_id) };
}

async function readWindows(where: string, values: unknown[]): Promise<PullWindow[]> {
  const { rows } = await pool().query(`select ${COLUMNS} from sumo_window where ${where}`, values);
  return windowsSchema.parse(rows).map(windowOf);
}

const COLUMNS = `id, backfill_id, time_kind, starts_at, ends_at, state, attempts, problem, problem_detail,
  messages::float8 as messages, bytes::float8 as bytes, bytes_scanned::float8 as bytes_scanned, import_id, finished_at`;

const windowsSchema = z.array(
  z.object({
    id: z.guid(),
    backfill_id: z.guid().nullable(),
    time_kind: z.enum(["receipt", "message"]),
    starts_at: z.date(),
    ends_at: z.date(),
    state: z.enum(["waiting", "pulled", "gap", "cancelled"]),
    attempts: z.int(),
    problem: z.string().nullable(),
    problem_detail: z.string().nullable(),
    messages: z.number(),
    bytes: z.number(),
    bytes_scanned: z.number(),
    import_id: z.guid().nullable(),
    finished_at: z.date().nullable(),
  }),
);

function windowOf(row: z.infer<typeof windowsSchema>[number]): PullWindow {
  const { id, state, attempts, messages, bytes } = row;
  return {
    id,
    state,
    attempts,
    messages,
    bytes,
    backfillId: row.backfill_id,
    timeKind: row.time_kind,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    problem: row.problem === null ? null : { reason: row.problem, detail: row.problem_detail ?? "" },
    bytesScanned: row.bytes_scanned,
    importId: row.import_id,
    finishedAt: row.finished_at,
  };
}

/** The newest backfills of a connection, with how far they are. */
export async function listBackfills(connectionId: string, most: number): Promise<Backfill[]> {
  const { rows } = await pool().query(backfills("backfill.connection_id = $1"), [connectionId, most]);
  return backfillsSchema.parse(rows);
}

export async function getBackfill(id: string): Promise<Backfill | undefined> {
  const { rows } = await pool().query(backfills("backfill.id = $1"), [id, 1]);
  return backfillsSchema.parse(rows)[0];
}

const backfills = (where: string) => `
  select backfill.id, backfill.connection_id as "connectionId", kind, actor_id as "actorId", backfill.starts_at as "startsAt",
    backfill.ends_at as "endsAt", backfill.state, revision, estimate::float8 as estimate, person.name as "createdByName",
    backfill.created_at as "createdAt", backfill.finished_at as "finishedAt", found.*
  from sumo_backfill backfill left join person on person.id = backfill.created_by
    cross join lateral (
      select coalesce(sum(messages), 0)::float8 as messages, count(*)::int as windows,
        count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'gap')::int as gaps,
        coalesce(extract(epoch from coalesce(sum(ends_at - starts_at) filter (where state in ('pulled', 'gap')), '0'))
          / nullif(extract(epoch from sum(ends_at - starts_at)), 0), 1)::float8 as done
      from sumo_window where backfill_id = backfill.id
    ) found
  where ${where} order by backfill.created_at desc, backfill.id desc limit $2`;

const backfillsSchema = z.array(
  z.object({
    id: z.guid(),
    connectionId: z.guid(),
    kind: z.enum(["range", "actor"]),
    actorId: z.guid().nullable(),
    startsAt: z.date(),
    endsAt: z.date(),
    state: z.enum(["running", "paused", "cancelled", "done"]),
    revision: z.int(),
    estimate: z.number().nullable(),
    messages: z.number(),
    done: z.number(),
    windows: z.int(),
    waiting: z.int(),
    gaps: z.int(),
    createdByName: z.string().nullable(),
    createdAt: z.date(),
    finishedAt: z.date().nullable(),
  }),
);
