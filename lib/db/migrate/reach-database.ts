import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Failure, failure, type Outcome, success } from "#lib/outcome.ts";
import { type MigrateFailure, refuseToMigrate } from "./failure.ts";

const OLDEST_VERSION = 15;
const CONNECT_TIMEOUT_MS = 10_000;
const STARTING_UP_MS = 30_000;

/** PostgreSQL's codes, https://www.postgresql.org/docs/18/errcodes-appendix.html */
const NO_SUCH_DATABASE = "3D000";
/** The second of them when two make it in the same moment. */
const DUPLICATE_DATABASE = new Set(["42P04", "23505"]);
const NOT_LET_IN = "28";
const STARTING_UP = "57P03";

type Refusal = { code: string; message: string };

/** Checks that the database can be used, and makes it when its server has none of that name and we may. */
export async function reachDatabase(connectionString: string): Promise<Outcome<undefined, MigrateFailure>> {
  let client: pg.Client;
  try {
    client = newClient(connectionString);
  } catch {
    // What the parser says may quote the address, and with it the password.
    return refuseToMigrate(
      "unreachable",
      "DATABASE_URL is not an address that PostgreSQL's client can read.",
    );
  }

  const connected = await connectPatiently(client, connectionString);
  if (connected.ok) {
    const checked = await checkVersion(connected.value);
    await connected.value.end();
    return checked;
  }
  if (connected.reason.code === NO_SUCH_DATABASE && (await createDatabase(client))) {
    return reachDatabase(connectionString);
  }
  return explain(connected.reason, client);
}

function newClient(config: string | pg.ClientConfig): pg.Client {
  const common = { connectionTimeoutMillis: CONNECT_TIMEOUT_MS };
  const client = new pg.Client(
    typeof config === "string" ? { connectionString: config, ...common } : { ...config, ...common },
  );
  client.on("error", () => {}); // The query in hand fails with it.
  return client;
}

/** Waits for a server that is starting up. */
async function connectPatiently(
  first: pg.Client,
  connectionString: string,
): Promise<Outcome<pg.Client, Refusal>> {
  const until = Date.now() + STARTING_UP_MS;
  for (let client = first; ; client = newClient(connectionString)) {
    const connected = await connect(client);
    if (connected.ok || connected.reason.code !== STARTING_UP || Date.now() > until) return connected;
    await sleep(500);
  }
}

async function connect(client: pg.Client): Promise<Outcome<pg.Client, Refusal>> {
  try {
    await client.connect();
    return success(client);
  } catch (error) {
    await client.end().catch(() => {});
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return failure({ code, message: error instanceof Error ? error.message : String(error) });
  }
}

async function checkVersion(client: pg.Client): Promise<Outcome<undefined, MigrateFailure>> {
  const { rows } = await client.query("show server_version");
  const version = String(rows[0].server_version);
  if (isRecentEnough(version)) return success();
  return refuseToMigrate(
    "too-old",
    `${place(client)} is version ${version}: Barnacle needs version ${OLDEST_VERSION} or later.`,
  );
}

/** Of `13.4`, `15.18 (Debian 15.18-0+deb12u1)`, `18beta1` and their like. */
export function isRecentEnough(version: string): boolean {
  return Number.parseInt(version, 10) >= OLDEST_VERSION;
}

/** Whether it exists now. Whoever may not make it may often not even see another database of the server. */
async function createDatabase(missing: pg.Client): Promise<boolean> {
  const { host, port, user, password, ssl, database = "" } = missing;
  const maintenance = { host, port, user, password, ssl, database: "postgres" };
  const connected = await connect(newClient(maintenance as pg.ClientConfig));
  if (!connected.ok) return false;
  try {
    await connected.value.query(
      `create database ${pg.escapeIdentifier(database)} encoding 'UTF8' template template0`,
    );
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError && DUPLICATE_DATABASE.has(error.code ?? "");
  } finally {
    await connected.value.end();
  }
}

function explain({ code, message }: Refusal, client: pg.Client): Failure<MigrateFailure> {
  if (code === NO_SUCH_DATABASE) {
    return refuseToMigrate(
      "no-database",
      `${place(client)} has no database "${client.database}", and "${client.user}" may not make it. Make it, or set DATABASE_URL to another.`,
    );
  }
  if (code.startsWith(NOT_LET_IN)) {
    return refuseToMigrate("refused", `${place(client)} refused us: ${message}. Check DATABASE_URL.`);
  }
  return refuseToMigrate(
    "unreachable",
    `${place(client)} cannot be reached (${code || message}). Check DATABASE_URL and that the server runs.`,
  );
}

function place({ host, port }: pg.Client): string {
  return `PostgreSQL at ${host}:${port}`;
}
