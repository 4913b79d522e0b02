import { readFile } from "node:fs/promises";
import pg from "pg";
import { type Outcome, success } from "#lib/outcome.ts";
import { type MigrateFailure, refuseToMigrate } from "./migrate/failure.ts";
import {
  asMigrationList,
  MIGRATIONS_FOLDER,
  readMigrations,
  SCHEMA_FILE,
} from "./migrate/migration-folder.ts";
import { reachDatabase } from "./migrate/reach-database.ts";
import { NO_FILTERS, openSchemaEngine, type SchemaEngine } from "./migrate/schema-engine.ts";

type Session = { pool: pg.Pool; close(): Promise<void> };
type MigrationList = ReturnType<typeof asMigrationList>;

const MIGRATE_KEY = 1_525_002;

/**
 * Brings a database up to date with `prisma/migrations`, and makes the database itself when it is missing and we may.
 * All pending migrations are applied or none; of two processes that start at once one waits and finds the work done.
 * The history is that of `prisma migrate deploy`, which may be used instead.
 */
export async function migrate(
  connectionString: string,
  folder = MIGRATIONS_FOLDER,
): Promise<Outcome<{ applied: string[] }, MigrateFailure>> {
  const reached = await reachDatabase(connectionString);
  if (!reached.ok) return reached;

  let session: Session | undefined;
  try {
    session = await openSession(connectionString);
    const { pool } = session;
    const engine = await openSchemaEngine(pool, await readFile(SCHEMA_FILE, "utf8"));
    const migrations = asMigrationList(folder, await readMigrations(folder));
    return await inTransaction(pool, () => applyPending(pool, engine, migrations));
  } catch (error) {
    if (!isFromDatabase(error)) throw error;
    return refuseToMigrate("migration-failed", `The database could not be migrated: ${error.message}.`);
  } finally {
    await session?.close();
  }
}

async function applyPending(
  pool: pg.Pool,
  engine: SchemaEngine,
  migrationsList: MigrationList,
): Promise<Outcome<{ applied: string[] }, MigrateFailure>> {
  await pool.query("select pg_advisory_xact_lock($1)", [MIGRATE_KEY]);
  const { rows } = await pool.query("select to_regclass('_prisma_migrations') is not null as has_history");
  if (rows[0].has_history) {
    const agreed = await compareHistories(engine, migrationsList);
    if (!agreed.ok) return agreed;
  }
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    return success({ applied: appliedMigrationNames });
  } catch (error) {
    return explain(error);
  }
}

async function compareHistories(
  engine: SchemaEngine,
  migrationsList: MigrationList,
): Promise<Outcome<undefined, MigrateFailure>> {
  const { history, editedMigrationNames, failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: NO_FILTERS,
  });
  const unknown = history && "unpersistedMigrationNames" in history ? history.unpersistedMigrationNames : [];
  if (unknown.length > 0) {
    return refuseToMigrate(
      "newer-database",
      `The database has the migration ${list(unknown)}, which this version of Barnacle does not know: use the newer version that applied it.`,
    );
  }
  if (editedMigrationNames.length > 0) {
    return refuseToMigrate(
      "edited-migration",
      `The migration ${list(editedMigrationNames)} was changed after it had been applied to this database: restore its file, and put the change into a new migration.`,
    );
  }
  if (failedMigrationNames.length > 0) {
    return refuseToMigrate(
      "failed-before",
      `The migration ${list(failedMigrationNames)} has failed in this database before: repair the database, then mark it with "prisma migrate resolve".`,
    );
  }
  return success();
}

/** Commits what succeeded. */
async function inTransaction<Value>(
  pool: pg.Pool,
  work: () => Promise<Outcome<Value, MigrateFailure>>,
): Promise<Outcome<Value, MigrateFailure>> {
  await pool.query("begin; set local statement_timeout = 0; set local lock_timeout = 0");
  const outcome = await work();
  await pool.query(outcome.ok ? "commit" : "rollback");
  return outcome;
}

/** A pool, as the engine's adapter wants one, of which every query goes over the same connection and ends with it. */
async function openSession(connectionString: string): Promise<Session> {
  const pool = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: 10_000 });
  const client = await pool.connect();
  client.on("error", () => {}); // The query in hand fails with it.
  pool.query = client.query.bind(client) as typeof pool.query;
  return {
    pool,
    close: async () => {
      client.release(true);
      await pool.end();
    },
  };
}

function isFromDatabase(error: unknown): error is Error {
  if (error instanceof pg.DatabaseError) return true;
  return (
    error instanceof Error && ("code" in error || /^(Connection terminated|timeout)/.test(error.message))
  );
}

/** The engine's errors are texts: what the database said is in the second line, the migration's name further down. */
function explain(error: unknown): Outcome<never, MigrateFailure> {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("database schema is not empty")) {
    return refuseToMigrate(
      "not-empty",
      "The database holds tables that Barnacle did not make: give Barnacle a database of its own.",
    );
  }
  const name = /migration_name="([^"]+)"/.exec(text)?.[1] ?? "";
  const said = /^(?:Error querying the database: |Database error: ?)?(.*ERROR.*)$/m.exec(text)?.[1] ?? text;
  return refuseToMigrate(
    "migration-failed",
    `The migration "${name}" failed and was taken back: ${said.trim()}.`,
  );
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
