import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { startTemporaryServer } from "./embedded/temporary-server.ts";
import { MIGRATIONS_FOLDER, readMigrations, SCHEMA_FILE } from "./migrate/migration-folder.ts";
import { diffSchemas } from "./migrate/schema-engine.ts";

export type NewMigration = {
  name: string;
  folder: string;
  schema: string;
  now: Date;
  /** Any database: the engine asks it for its version only. */
  pool: pg.Pool;
};

const SNAPSHOT = "schema.prisma";

/**
 * Writes the migration that leads from the last migration's data model to `schema`, and keeps `schema` beside it as
 * the next one's start: the engine cannot tell the model from the migrations. Whoever removes the last migration
 * removes its model with it, and can write it anew. Gives the migration's folder.
 */
export async function newMigration(wanted: NewMigration): Promise<Outcome<string, string>> {
  const { folder, schema, now, pool } = wanted;
  const name = wanted.name.toLowerCase().replace(/[\s-]+/g, "_");
  if (!/^[a-z0-9_]+$/.test(name))
    return failure("Give the migration a name of letters, digits and underscores.");

  const last = (await readMigrations(folder)).at(-1)?.name;
  const time = now.toISOString().replace(/\D/g, "").slice(0, 14);
  const place = path.join(folder, `${time}_${name}`);
  if (last !== undefined && last.slice(0, 14) >= time) {
    return failure(
      `The migration "${last}" was written in this second or later: check the clock, and try again.`,
    );
  }
  const from = last && path.join(folder, last, SNAPSHOT);
  if (from && !existsSync(from))
    return failure(`The file ${from} is missing: it holds the data model to start from.`);

  const sql = await diffSchemas(pool, from && (await readFile(from, "utf8")), schema);
  if (sql === undefined) return failure("The data model has not changed since the last migration.");
  await mkdir(place);
  await writeFile(path.join(place, SNAPSHOT), schema);
  await writeFile(path.join(place, "migration.sql"), sql);
  return success(place);
}

/** The engine wants a connection even when it only compares texts. */
async function withDatabase<Value>(work: (pool: pg.Pool) => Promise<Value>): Promise<Value> {
  const server = await startTemporaryServer();
  const pool = new pg.Pool({ connectionString: server.connectionString, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
    await server.remove();
  }
}

if (import.meta.main) {
  const schema = await readFile(SCHEMA_FILE, "utf8");
  const name = process.argv.slice(2).join("_");
  const written = await withDatabase((pool) =>
    newMigration({ name, folder: MIGRATIONS_FOLDER, schema, now: new Date(), pool }),
  );
  console.log(written.ok ? `Written: ${path.relative(process.cwd(), written.value)}` : written.reason);
  process.exitCode = written.ok ? 0 : 1;
}
