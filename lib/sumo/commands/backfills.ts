import { randomUUID } from "node:crypto";
import type { Person } from "#lib/access/person.ts";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { runSearch } from "../client/run-search.ts";
import type { BackfillState, ChangeFault } from "../connection.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery, countQuery, QUERY_FAULTS, queryForNames } from "../query.ts";
import { backfillWindows, LONGEST_BACKFILL_DAYS, type Span } from "../window.ts";
import { openDoor } from "./key.ts";

const DAY_MS = 86_400_000;

export type Range = { connectionId: string; startsAt: Date; endsAt: Date };

/** How many messages Sumo holds for a range. Its counting takes as long as a search does. */
export async function estimateBackfill(
  { connectionId, startsAt, endsAt }: Range,
  signal: AbortSignal,
): Promise<Outcome<{ messages: number; bytesScanned: number }, ChangeFault>> {
  const settings = await readQuerySettings(connectionId);
  if (!settings) return failure({ kind: "gone" });
  const query = connectionQuery(settings);
  if (!query.ok) return failure({ kind: "query", sentence: QUERY_FAULTS[query.reason] });
  const door = await openDoor(connectionId);
  if (!door.ok) return failure({ kind: "sumo", problem: door.reason });
  const { access, turns } = door.value;
  let messages = 0;
  const search = { query: countQuery(query.value), from: startsAt.getTime(), to: endsAt.getTime() };
  const ended = await runSearch(
    access,
    { ...search, by: "message" },
    {
      turns,
      signal,
      kind: "records",
      whenTruncated: "read",
      onRows: async (rows) => {
        messages += Number(rows[0]?._count) || 0;
      },
    },
  );
  if (!ended.ok) return failure({ kind: "sumo", problem: ended.reason });
  return success({ messages, bytesScanned: ended.value.bytesScanned });
}

/** Has a range pulled by message time, as history. Gives the backfill's id. */
export async function startBackfill(
  range: Range & { estimate: number | null },
  author: Pick<Person, "id">,
  now: Date,
): Promise<Outcome<string, ChangeFault>> {
  const settings = await readQuerySettings(range.connectionId);
  if (!settings) return failure({ kind: "gone" });
  const query = connectionQuery(settings);
  if (!query.ok) return failure({ kind: "query", sentence: QUERY_FAULTS[query.reason] });
  return await store({ ...range, kind: "range", actorId: null, query: query.value }, author, now);
}

/** How far around a moment an actor's messages are fetched. */
const AROUND_MS = DAY_MS;

/** Has everything pulled that names an actor, a day before and after a moment, whatever the connection asks else. */
export async function fetchActor(
  {
    connectionId,
    actorId,
    names,
    around,
  }: { connectionId: string; actorId: string; names: readonly string[]; around: Date },
  author: Pick<Person, "id">,
  now: Date,
): Promise<Outcome<string, ChangeFault>> {
  const settings = await readQuerySettings(connectionId);
  if (!settings) return failure({ kind: "gone" });
  const query = queryForNames(settings, names);
  if (!query.ok) return failure({ kind: "query", sentence: QUERY_FAULTS[query.reason] });
  const startsAt = new Date(around.getTime() - AROUND_MS);
  const endsAt = new Date(Math.min(around.getTime() + AROUND_MS, now.getTime()));
  const range = { connectionId, startsAt, endsAt, estimate: null };
  return await store({ ...range, kind: "actor", actorId, query: query.value }, author, now);
}

type NewBackfill = Range & {
  estimate: number | null;
  kind: "range" | "actor";
  actorId: string | null;
  query: string;
};

async function store(
  wanted: NewBackfill,
  author: Pick<Person, "id">,
  now: Date,
): Promise<Outcome<string, ChangeFault>> {
  const { connectionId, startsAt, endsAt } = wanted;
  const fault = faultOf(startsAt, endsAt, now);
  if (fault) return failure({ kind: "bad-range", sentence: fault });
  const id = randomUUID();
  await inTransaction(async (client) => {
    await client.query(
      `insert into sumo_backfill (id, connection_id, kind, query, actor_id, starts_at, ends_at, state, estimate, created_by,
         created_at) values ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9, $10)`,
      [
        id,
        connectionId,
        wanted.kind,
        wanted.query,
        wanted.actorId,
        startsAt,
        endsAt,
        wanted.estimate,
        author.id,
        now,
      ],
    );
    await addWindows(
      client,
      { connectionId, backfillId: id, timeKind: "message", now },
      backfillWindows({
        from: startsAt.getTime(),
        to: endsAt.getTime(),
      }),
    );
  });
  return success(id);
}

function faultOf(startsAt: Date, endsAt: Date, now: Date): string | undefined {
  if (endsAt <= startsAt) return "The range ends before it begins.";
  if (startsAt >= now) return "The range has not begun yet.";
  if (endsAt.getTime() > now.getTime() + DAY_MS) return "The range ends in the future.";
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_BACKFILL_DAYS * DAY_MS) {
    return `A backfill is of at most ${LONGEST_BACKFILL_DAYS} days. Start one, and another after it.`;
  }
  return undefined;
}

type WindowOwner = {
  connectionId: string;
  backfillId: string | null;
  timeKind: "receipt" | "message";
  now: Date;
};

/** Puts stretches of time among those that wait. */
export async function addWindows(
  client: Transaction,
  { connectionId, backfillId, timeKind, now }: WindowOwner,
  spans: readonly Span[],
): Promise<void> {
  await client.query(
    `insert into sumo_window (id, connection_id, backfill_id, time_kind, starts_at, ends_at, state, created_at)
     select gen_random_uuid(), $1, $2, $3, starts_at, ends_at, 'waiting', $4
     from unnest($5::timestamptz[], $6::timestamptz[]) as span (starts_at, ends_at)`,
    [
      connectionId,
      backfillId,
      timeKind,
      now,
      spans.map(({ from }) => new Date(from)),
      spans.map(({ to }) => new Date(to)),
    ],
  );
}

type Move = "pause" | "resume" | "cancel";
const MOVES: Readonly<Record<Move, { from: readonly BackfillState[]; to: BackfillState }>> = {
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  cancel: { from: ["running", "paused"], to: "cancelled" },
};

/** Pauses, resumes or cancels a backfill as it was seen. What is pulled stays; a window under way ends first. */
export async function moveBackfill(
  seen: { id: string; revision: number },
  move: Move,
  now: Date,
): Promise<Outcome<undefined, ChangeFault>> {
  const { from, to } = MOVES[move];
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ state: BackfillState; revision: number }>(
      "select state, revision from sumo_backfill where id = $1 for update",
      [seen.id],
    );
    const [row] = rows;
    if (!row) return failure({ kind: "gone" });
    if (!from.includes(row.state)) return failure({ kind: "not-now", state: row.state });
    if (row.revision !== seen.revision) return failure({ kind: "changed-meanwhile", by: null, at: null });
    const finishedAt = to === "cancelled" ? now : null;
    await client.query(
      "update sumo_backfill set state = $2, revision = revision + 1, finished_at = $3 where id = $1",
      [seen.id, to, finishedAt],
    );
    if (to === "cancelled") {
      await client.query(
        "update sumo_window set state = 'cancelled', finished_at = $2 where backfill_id = $1 and state = 'waiting'",
        [seen.id, now],
      );
    }
    return success();
  });
}

/** Has a window with missing messages pulled again. */
export async function retryGap(windowId: string): Promise<Outcome<undefined, ChangeFault>> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ state: string; backfill_id: string | null }>(
      "select state, backfill_id from sumo_window where id = $1 for update",
      [windowId],
    );
    const [row] = rows;
    if (!row) return failure({ kind: "gone" });
    if (row.state !== "gap") return failure({ kind: "not-now", state: row.state });
    await client.query(
      `update sumo_window set state = 'waiting', attempts = 0, retry_at = null, problem = null, problem_detail = null,
         finished_at = null, import_id = null where id = $1`,
      [windowId],
    );
    await client.query(
      `update sumo_backfill set state = 'running', finished_at = null, revision = revision + 1
       where id = $1 and state = 'done'`,
      [row.backfill_id],
    );
    return success();
  });
}
