import { randomUUID } from "node:crypto";
import type { Person } from "#lib/access/person.ts";
import { db, inTransaction } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import {
  type AccessKey,
  accessKeySchema,
  type ChangeFault,
  type ConnectionSettings,
  connectionSettingsSchema,
} from "../connection.ts";
import { FIRST_REACH_MS } from "../window.ts";
import { sealKey } from "./key.ts";

/** A change of a stored connection, with the revision that its maker saw. */
export type Seen = { id: string; revision: number };

type Author = Pick<Person, "id">;

/** Stores a new connection, which is asked at once. Gives its id. Settings and key are those that their schemas passed. */
export async function createConnection(
  given: ConnectionSettings,
  key: AccessKey,
  author: Author,
  now: Date,
): Promise<Outcome<string, ChangeFault>> {
  const settings = connectionSettingsSchema(env().sumoUrls).parse(given);
  const id = randomUUID();
  const sealed = await sealedColumns(id, key);
  return await unlessNameTaken(async () => {
    await db().sumoConnection.create({
      data: {
        id,
        ...columnsOf(settings),
        ...sealed,
        watermark: new Date(now.getTime() - FIRST_REACH_MS),
        nextRunAt: now,
        createdBy: author.id,
        updatedBy: author.id,
        createdAt: now,
        updatedAt: now,
      },
    });
    return success(id);
  });
}

/** Changes what a connection asks, and where. What was wrong is forgotten, and it is tried at once. */
export async function changeConnection(
  seen: Seen,
  given: ConnectionSettings,
  author: Author,
  now: Date,
): Promise<Outcome<undefined, ChangeFault>> {
  const settings = connectionSettingsSchema(env().sumoUrls).parse(given);
  return await unlessNameTaken(() => change(seen, { ...columnsOf(settings), ...afresh(now) }, author, now));
}

/** Gives a connection another key, of the same or another owner. Searches under way with the old one are tried again. */
export async function rotateKey(
  seen: Seen,
  key: AccessKey,
  author: Author,
  now: Date,
): Promise<Outcome<undefined, ChangeFault>> {
  return await change(seen, { ...(await sealedColumns(seen.id, key)), ...afresh(now) }, author, now);
}

/** A connection that is disabled keeps its place: enabled again it pulls what has come meanwhile. */
export async function enableConnection(
  seen: Seen,
  enabled: boolean,
  author: Author,
  now: Date,
): Promise<Outcome<undefined, ChangeFault>> {
  return await change(seen, { enabled, ...(enabled ? afresh(now) : {}) }, author, now);
}

/** Has a connection asked as soon as a worker looks, whatever its schedule and its last problem. */
export async function pullNow(id: string, now: Date): Promise<Outcome<undefined, ChangeFault>> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ enabled: boolean }>(
      `update sumo_connection set next_run_at = $2, retry_at = null where id = $1 returning enabled`,
      [id, now],
    );
    if (!rows[0]) return failure({ kind: "gone" });
    if (!rows[0].enabled) return failure({ kind: "not-now", state: "disabled" });
    await client.query(
      "update sumo_window set retry_at = null where connection_id = $1 and state = 'waiting'",
      [id],
    );
    return success();
  });
}

/** Windows that waited after a problem are tried again too. */
function afresh(now: Date) {
  return { nextRunAt: now, retryAt: null, failures: 0, problem: null, problemDetail: null };
}

type Columns = NonNullable<Parameters<ReturnType<typeof db>["sumoConnection"]["updateMany"]>[0]>["data"];

async function change(
  { id, revision }: Seen,
  data: Columns,
  author: Author,
  now: Date,
): Promise<Outcome<undefined, ChangeFault>> {
  const { count } = await db().sumoConnection.updateMany({
    where: { id, revision },
    data: { ...data, revision: revision + 1, updatedBy: author.id, updatedAt: now },
  });
  if (count === 1) return success();
  const stored = await db().sumoConnection.findUnique({
    where: { id },
    select: { updatedBy: true, updatedAt: true },
  });
  if (!stored) return failure({ kind: "gone" });
  const last = await db().person.findUnique({ where: { id: stored.updatedBy }, select: { name: true } });
  return failure({ kind: "changed-meanwhile", by: last?.name ?? null, at: stored.updatedAt });
}

function columnsOf({ deployment, apiUrl, ...settings }: ConnectionSettings) {
  const { aws, azure } = settings.categories;
  return {
    ...settings,
    deployment,
    apiUrl: deployment === "custom" ? apiUrl : null,
    categories: { aws: cleaned(aws), azure: cleaned(azure) },
    ownQuery: settings.profile === "own" ? settings.ownQuery : null,
  };
}

function cleaned(categories: readonly string[]): string[] {
  return [...new Set(categories.map((category) => category.trim()).filter(Boolean))];
}

async function sealedColumns(id: string, given: AccessKey) {
  const key = accessKeySchema.parse(given);
  const { sealed, sealedWith } = await sealKey(id, key);
  return { sealed: new Uint8Array(sealed), sealedWith, accessIdEnd: key.accessId.slice(-4) };
}

async function unlessNameTaken<Value>(
  store: () => Promise<Outcome<Value, ChangeFault>>,
): Promise<Outcome<Value, ChangeFault>> {
  try {
    return await store();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "P2002") {
      return failure({ kind: "name-taken" });
    }
    throw error;
  }
}
