import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { PrismaClient } from "./generated/client.ts";

type Connection = { pool: pg.Pool; prisma: PrismaClient };
type Settings = { connectionString: string; statementTimeoutMs?: number };

/** Survives the module reloads of the development server, which would otherwise leak a pool each. */
const holder = globalThis as typeof globalThis & { barnacleConnection?: Connection };

/** Opens the connection pool with other settings than a web process has; to be called before the first query. */
export function connectTo({ connectionString, statementTimeoutMs = 0 }: Settings): void {
  if (holder.barnacleConnection) throw new Error("The database connection is already open.");
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    statement_timeout: statementTimeoutMs,
    options: "-c timezone=UTC",
    application_name: "barnacle",
  });
  // A server that restarts ends idle connections; the pool opens new ones.
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection ended"));
  // One that ends while somebody holds it fails their next query; unheard, it would end the process.
  pool.on("connect", (client) => {
    client.on("error", (error) => log.debug({ error: error.message }, "a database connection ended"));
  });
  holder.barnacleConnection = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

const WEB_STATEMENT_TIMEOUT_MS = 30_000;

function connection(): Connection {
  if (!holder.barnacleConnection) {
    const { databaseUrl } = env();
    if (!databaseUrl) throw new Error("DATABASE_URL is not set: start the application with npm start.");
    connectTo({ connectionString: databaseUrl, statementTimeoutMs: WEB_STATEMENT_TIMEOUT_MS });
  }
  return holder.barnacleConnection as Connection;
}

/** Prisma, for ordinary queries. */
export function db(): PrismaClient {
  return connection().prisma;
}

/** The pool behind Prisma, for what it does not do: COPY, LISTEN, advisory locks. */
export function pool(): pg.Pool {
  return connection().pool;
}

export type Transaction = pg.PoolClient;

/** Runs in one transaction: all of it is stored, or nothing when `run` throws. */
export async function inTransaction<Result>(run: (client: Transaction) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await run(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Reads in one transaction that sees one state of the store, whatever others write meanwhile. */
export async function inSnapshot<Result>(run: (client: Transaction) => Promise<Result>): Promise<Result> {
  return await inTransaction(async (client) => {
    await client.query("set transaction isolation level repeatable read read only");
    return await run(client);
  });
}

/** Whoever reads with two connections waits here for the one before, so that they cannot take the whole pool. */
let turn: Promise<unknown> = Promise.resolve();

/** The same with two connections at once, which see the same state: two long reads take the time of the longer one. */
export async function inSharedSnapshot<Result>(
  run: (first: Transaction, second: Transaction) => Promise<Result>,
): Promise<Result> {
  const mine = turn.then(() =>
    inSnapshot(async (first) => {
      const { rows } = await first.query<{ id: string }>("select pg_export_snapshot() as id");
      return await inSnapshot(async (second) => {
        await second.query(`set transaction snapshot ${pg.escapeLiteral(rows[0]?.id ?? "")}`);
        return await run(first, second);
      });
    }),
  );
  turn = mine.catch(() => {});
  return await mine;
}

export async function closeDatabase(): Promise<void> {
  const open = holder.barnacleConnection;
  delete holder.barnacleConnection;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}
