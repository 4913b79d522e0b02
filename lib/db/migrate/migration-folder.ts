import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The project's own migrations and data model. */
export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, "../../../prisma/migrations");
export const SCHEMA_FILE = path.join(import.meta.dirname, "../../../prisma/schema.prisma");

export type Migration = { name: string; sql: string };

/** The migrations in a folder, oldest first: their names begin with the time at which they were written. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => ({
    name,
    sql: await readFile(path.join(folder, name, "migration.sql"), "utf8"),
  });
  return Promise.all(names.sort().map(read));
}

/** The form in which Prisma's engine takes them. */
export function asMigrationList(folder: string, migrations: readonly Migration[]) {
  return {
    baseDir: folder,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}
