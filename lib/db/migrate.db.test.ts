import { randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { describeCatalog } from "./migrate/catalog.ts";
import { MIGRATIONS_FOLDER, readMigrations, SCHEMA_FILE } from "./migrate/migration-folder.ts";
import { diffSchemas } from "./migrate/schema-engine.ts";
import { migrate } from "./migrate.ts";
import { newMigration } from "./new-migration.ts";

const FIRST = "20260101000000_first";
const SECOND = "20260102000000_second";

let workFolder: string;
const databases: string[] = [];
/** Of a database that does not exist yet. */
let fresh: string;

beforeAll(async () => {
  workFolder = await mkdtemp(path.join(tmpdir(), "barnacle-migrations-"));
});
beforeEach(() => {
  fresh = nextDatabase();
});
afterAll(async () => {
  for (const name of databases) await query(maintenance(), `drop database if exists ${name} with (force)`);
  await rm(workFolder, { recursive: true, force: true });
});

test("a missing database is made and migrated, and a second time there is nothing to do", async () => {
  const names = (await readMigrations(MIGRATIONS_FOLDER)).map((migration) => migration.name);
  expect(names).not.toEqual([]);
  expect(await migrate(fresh)).toEqual({ ok: true, value: { applied: names } });
  expect(await migrate(fresh)).toEqual({ ok: true, value: { applied: [] } });
});

test("of several that start at once one migrates and the others find it done", async () => {
  const outcomes = await Promise.all([migrate(fresh), migrate(fresh), migrate(fresh), migrate(fresh)]);
  const applied = outcomes.map((outcome) => (outcome.ok ? outcome.value.applied.length : outcome.reason));
  const all = (await readMigrations(MIGRATIONS_FOLDER)).length;
  expect(applied.sort()).toEqual([0, 0, 0, all]);
});

/** Indexes on expressions and on a part of a table, for which Prisma's schema has no words. */
const BEYOND_THE_SCHEMA = [
  ...["account", "operation", "source_ip"].map(
    (column) =>
      `index CREATE INDEX event_${column}_occurred_at_id_idx ON public.event USING btree ("left"(${column}, 200), occurred_at DESC, id DESC)`,
  ),
  "index CREATE INDEX alert_times_idx ON public.alert USING btree (last_at, date_part('epoch'::text, (acknowledged_at - visible_at)), date_part('epoch'::text, (closed_at - visible_at)), date_part('epoch'::text, (visible_at - first_at))) INCLUDE (visible_at, first_at, acknowledged_at, closed_at, queue, score, platform, status, verdict, rules) WHERE (live AND (visible_at IS NOT NULL) AND (reason_class IS DISTINCT FROM 'authorised_test'::text))",
];

test("the project's migrations and its schema agree", async () => {
  await migrate(fresh);
  const byMigrations = await describeCatalog(fresh);
  expect(byMigrations.length).toBeGreaterThan(100);
  expect(byMigrations).toEqual(expect.arrayContaining(BEYOND_THE_SCHEMA));
  const bySchema = await describeCatalog(await buildFrom(await readFile(SCHEMA_FILE, "utf8")));
  expect(byMigrations.filter((line) => !BEYOND_THE_SCHEMA.includes(line))).toEqual(bySchema);
});

const SCHEMA = `
  generator client {
    provider = "prisma-client"
    output = "unused"
    previewFeatures = ["postgresqlExtensions"]
  }
  datasource db {
    provider = "postgresql"
    extensions = [pg_trgm]
  }
  model Thing {
    id Int @id
    name String @default("new")
    note String?
    @@index([name])
  }`;

test.for([
  ["a column's name", "note String?", "remark String?"],
  ["a column's type", "note String?", "note Int?"],
  ["what may be empty", "note String?", "note String"],
  ["a default", '@default("new")', '@default("old")'],
  ["an index", "@@index([name])", "@@index([name, note])"],
  ["a constraint", "@@index([name])", "@@unique([name])"],
  ["a table", "model Thing", "model Other"],
  ["an extension", "[pg_trgm]", "[pg_trgm, btree_gin]"],
] as const)("databases that differ in %s are told apart", async ([, before, after]) => {
  const changed = SCHEMA.replace(before, after);
  expect(changed).not.toBe(SCHEMA);
  const catalogs = [SCHEMA, SCHEMA, changed].map(async (schema) => describeCatalog(await buildFrom(schema)));
  const [one, same, other] = await Promise.all(catalogs);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test("an applied migration that was edited is named", async () => {
  await migrate(fresh, await folderWith({ [FIRST]: "create table a (id int);" }));
  const edited = await folderWith({ [FIRST]: "create table a (id bigint);" });
  expect(await migrate(fresh, edited)).toMatchObject({
    reason: { kind: "edited-migration", sentence: expect.stringContaining(FIRST) },
  });
});

test("a database that a newer version has migrated is left alone, and the migration is named", async () => {
  const older = { [FIRST]: "create table a (id int);" };
  await migrate(fresh, await folderWith({ ...older, [SECOND]: "create table b (id int);" }));
  expect(await migrate(fresh, await folderWith(older))).toMatchObject({
    reason: { kind: "newer-database", sentence: expect.stringContaining(SECOND) },
  });
});

test("a migration that fails takes back all that were pending, and can be tried again", async () => {
  const first = { [FIRST]: "create table a (id int);" };
  const failing = await folderWith({ ...first, [SECOND]: "create table b (id int);\nselect 1 / 0;" });
  expect(await migrate(fresh, failing)).toMatchObject({
    reason: { kind: "migration-failed", sentence: expect.stringMatching(`${SECOND}.*division by zero`) },
  });
  expect(await describeCatalog(fresh)).toEqual(["extension plpgsql"]);

  const repaired = await folderWith({ ...first, [SECOND]: "create table b (id int);" });
  expect(await migrate(fresh, repaired)).toEqual({ ok: true, value: { applied: [FIRST, SECOND] } });
});

test("a migration that another tool left half-done is named", async () => {
  const folder = await folderWith({ [FIRST]: "create table a (id int);" });
  await migrate(fresh, folder);
  await query(fresh, "update _prisma_migrations set finished_at = null");
  expect(await migrate(fresh, folder)).toMatchObject({
    reason: { kind: "failed-before", sentence: expect.stringContaining(FIRST) },
  });
});

test("semicolons in comments, texts and bodies do not cut a migration", async () => {
  const sql = `create table a (id int default length(';')); -- one; two
    create function f() returns int language plpgsql as $$ begin return 1; end; $$;`;
  expect(await migrate(fresh, await folderWith({ [FIRST]: sql }))).toMatchObject({ ok: true });
});

test("a database that holds somebody else's tables is refused", async () => {
  const taken = await buildFrom(SCHEMA);
  expect(await migrate(taken)).toMatchObject({ reason: { kind: "not-empty" } });
});

test("a new migration leads from the last one's schema to the present one", async () => {
  const folder = await folderWith({});
  const changed = SCHEMA.replace("note String?", "note String?\n    added Int @default(7)");
  await write(folder, "first thing", SCHEMA, new Date("2026-01-01"));
  await write(folder, "Add-A-Column", changed, new Date("2026-01-02"));
  expect((await readMigrations(folder)).map((migration) => migration.name)).toEqual([
    "20260101000000_first_thing",
    "20260102000000_add_a_column",
  ]);
  await migrate(fresh, folder);
  expect(await describeCatalog(fresh)).toEqual(await describeCatalog(await buildFrom(changed)));
});

test.for([
  ["when nothing has changed", "again", new Date("2026-01-02"), "has not changed"],
  ["when the clock is behind the last migration", "again", new Date("2026-01-01"), "check the clock"],
  ["without a usable name", "../up", new Date("2026-01-02"), "a name of letters"],
] as const)("no migration is written %s", async ([, name, now, reason]) => {
  const folder = await folderWith({});
  await write(folder, "first", SCHEMA, new Date("2026-01-01"));
  expect(await write(folder, name, SCHEMA, now)).toMatchObject({ reason: expect.stringContaining(reason) });
  expect(await readMigrations(folder)).toHaveLength(1);
});

function nextDatabase(): string {
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  databases.push(name);
  return onServer(name);
}

function maintenance(): string {
  return onServer("postgres");
}

function onServer(database: string): string {
  const url = new URL(inject("templateUrl"));
  url.pathname = `/${database}`;
  return url.href;
}

/** A database that was made from a schema without migrations. */
async function buildFrom(schema: string): Promise<string> {
  const connectionString = nextDatabase();
  await query(maintenance(), `create database ${databases.at(-1)}`);
  const sql = await withPool(connectionString, (pool) => diffSchemas(pool, undefined, schema));
  await query(connectionString, sql ?? "");
  return connectionString;
}

async function folderWith(migrations: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(workFolder, "set-"));
  await cp(path.join(MIGRATIONS_FOLDER, "migration_lock.toml"), path.join(folder, "migration_lock.toml"));
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, "migration.sql"), sql);
  }
  return folder;
}

function write(folder: string, name: string, schema: string, now: Date) {
  return withPool(maintenance(), (pool) => newMigration({ name, folder, schema, now, pool }));
}

async function withPool<Value>(
  connectionString: string,
  work: (pool: pg.Pool) => Promise<Value>,
): Promise<Value> {
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function query(connectionString: string, sql: string): Promise<unknown> {
  return withPool(connectionString, (pool) => pool.query(sql));
}
