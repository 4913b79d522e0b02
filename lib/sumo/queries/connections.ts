import { z } from "zod";
import { pool } from "#lib/db/client.ts";
import type { ConnectionStanding } from "../connection.ts";
import { type HealthState, healthOf } from "../health.ts";
import { PROFILES, type QuerySettings } from "../query.ts";

const HOUR_MS = 3_600_000;
const RECENT_HOURS = 24;

/** All connections with how they do, by name. */
export async function listConnections(now: Date): Promise<ConnectionStanding[]> {
  return await read("true", [], { now, sinceHours: RECENT_HOURS });
}

export async function getConnection(id: string, now: Date): Promise<ConnectionStanding | undefined> {
  return (await read("connection.id = $2", [id], { now, sinceHours: RECENT_HOURS }))[0];
}

async function read(
  where: string,
  values: unknown[],
  { now, sinceHours }: { now: Date; sinceHours: number },
): Promise<ConnectionStanding[]> {
  const since = new Date(now.getTime() - sinceHours * HOUR_MS);
  const { rows } = await pool().query(standings(where), [since, ...values]);
  return rowsSchema.parse(rows).map((row) => {
    const { problemReason, problemDetail, messages, bytes, ...connection } = row;
    const hours = Math.min(RECENT_HOURS, Math.max(1, (now.getTime() - row.createdAt.getTime()) / HOUR_MS));
    return {
      ...connection,
      problem: problemReason === null ? null : { reason: problemReason, detail: problemDetail ?? "" },
      messagesPerHour: messages / hours,
      bytesPerHour: bytes / hours,
    };
  });
}

/** `$1`: since when what was pulled is summed up. */
const standings = (where: string) => `
  select connection.id, name, deployment, api_url as "apiUrl", ui_url as "uiUrl", key_owner as "keyOwner",
    access_id_end as "accessIdEnd", categories, profile, own_query as "ownQuery", every_minutes as "everyMinutes", enabled,
    revision, next_run_at as "nextRunAt", last_run_at as "lastRunAt", last_success_at as "lastSuccessAt", failures,
    connection.problem as "problemReason", connection.problem_detail as "problemDetail", created_at as "createdAt",
    updated_at as "updatedAt", least(watermark, waiting.starts_at) as "reachesTo", recent.messages, recent.bytes, gap.gaps,
    backfill.running as "backfillsRunning"
  from sumo_connection connection
    cross join lateral (select min(starts_at) as starts_at from sumo_window
      where connection_id = connection.id and state = 'waiting' and backfill_id is null) waiting
    cross join lateral (select coalesce(sum(messages), 0)::float8 as messages, coalesce(sum(bytes), 0)::float8 as bytes
      from sumo_window where connection_id = connection.id and finished_at >= $1) recent
    cross join lateral (select count(*)::int as gaps from sumo_window
      where connection_id = connection.id and state = 'gap') gap
    cross join lateral (select count(*)::int as running from sumo_backfill
      where connection_id = connection.id and state = 'running') backfill
  where ${where} order by lower(name), connection.id`;

const categoriesSchema = z.object({ aws: z.array(z.string()), azure: z.array(z.string()) });
const rowsSchema = z.array(
  z.object({
    id: z.guid(),
    name: z.string(),
    deployment: z.string(),
    apiUrl: z.string().nullable(),
    uiUrl: z.string().nullable(),
    keyOwner: z.string(),
    accessIdEnd: z.string(),
    categories: categoriesSchema,
    profile: z.enum(PROFILES),
    ownQuery: z.string().nullable(),
    everyMinutes: z.int(),
    enabled: z.boolean(),
    revision: z.int(),
    nextRunAt: z.date(),
    lastRunAt: z.date().nullable(),
    lastSuccessAt: z.date().nullable(),
    failures: z.int(),
    problemReason: z.string().nullable(),
    problemDetail: z.string().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
    reachesTo: z.date(),
    messages: z.number(),
    bytes: z.number(),
    gaps: z.int(),
    backfillsRunning: z.int(),
  }),
);

/** What a connection's query is made of. Undefined: there is no such connection. */
export async function readQuerySettings(id: string): Promise<QuerySettings | undefined> {
  const { rows } = await pool().query(
    `select categories, profile, own_query as "ownQuery" from sumo_connection where id = $1`,
    [id],
  );
  return z.array(querySettingsSchema).parse(rows)[0];
}

const querySettingsSchema = z.object({
  categories: categoriesSchema,
  profile: z.enum(PROFILES),
  ownQuery: z.string().nullable(),
});

export type ConnectionHealth = { id: string; name: string; state: HealthState };

/** How each connection does, by name. Quick: every page asks. */
export async function listConnectionHealth(now: Date): Promise<ConnectionHealth[]> {
  const connections = await read("true", [], { now, sinceHours: 0 });
  return connections.map((connection) => ({
    id: connection.id,
    name: connection.name,
    state: healthOf(connection, now).state,
  }));
}
