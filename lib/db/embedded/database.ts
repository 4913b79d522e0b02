import { realpath } from "node:fs/promises";
import pg from "pg";
import { type Outcome, success } from "#lib/outcome.ts";
import type { Passwords } from "./cluster.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";

/** PostgreSQL's codes for what somebody else had made a moment before. */
const ALREADY_MADE = new Set(["42710", "42P04", "23505"]);
const DISK_FULL = "53100";

/**
 * Makes the application's role and database, and checks that it is our server that answers. `gone`: it went away
 * meanwhile, or another one took its port.
 */
export async function ensureDatabase(
  port: number,
  passwords: Passwords,
  directory: string,
): Promise<Outcome<"ready" | "gone", EmbeddedFailure>> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: passwords.superuser,
    database: "postgres",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {}); // The query in hand fails with it.
  try {
    await client.connect();
    const { rows } = await client.query("show data_directory");
    if ((await realpath(rows[0].data_directory)) !== (await realpath(directory))) return success("gone");
    await makeRoleAndDatabase(client, passwords.application);
    return success("ready");
  } catch (error) {
    return judge(error, directory);
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeRoleAndDatabase(client: pg.Client, password: string): Promise<void> {
  const { rows: roles } = await client.query("select 1 from pg_roles where rolname = 'barnacle'");
  if (roles.length === 0) await make(client, `create role barnacle login createdb password '${password}'`);
  const { rows: databases } = await client.query("select 1 from pg_database where datname = 'barnacle'");
  if (databases.length === 0) await make(client, "create database barnacle owner barnacle");
}

async function make(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && ALREADY_MADE.has(error.code ?? ""))) throw error;
  }
}

function judge(error: unknown, directory: string): Outcome<"gone", EmbeddedFailure> {
  const isFromServer = error instanceof pg.DatabaseError;
  const code = isFromServer ? (error.code ?? "") : "";
  if (code === DISK_FULL)
    return refuse("no-space", `There is no space left for the database in ${directory}.`);
  // 57P: the server starts or stops. Without a code the connection itself failed.
  if (!isFromServer || code.startsWith("57P")) return success("gone");
  return refuse("not-started", `The PostgreSQL that runs in ${directory} cannot be used: ${error.message}.`);
}
