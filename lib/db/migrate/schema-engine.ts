import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** Prisma's own engine for schemas, as WebAssembly: its native form would have to be downloaded. */
export type SchemaEngine = glue.SchemaEngine;

/** Nothing of the database is kept from the engine. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

let loaded: Promise<void> | undefined;

/** An engine that works over `pool`, for the given data model. */
export async function openSchemaEngine(pool: pg.Pool, schema: string): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  await loaded;
  const options = { datamodels: [["schema.prisma", schema]] satisfies [string, string][] };
  return glue.SchemaEngine.new(
    options,
    () => {},
    bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool)),
  );
}

/** The SQL that leads from one data model to another, or from nothing; undefined when they are the same. */
export async function diffSchemas(
  pool: pg.Pool,
  from: string | undefined,
  to: string,
): Promise<string | undefined> {
  const engine = await openSchemaEngine(pool, to);
  const model = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const { exitCode, stdout } = await engine.diff({
    from: from === undefined ? { tag: "empty" } : model(from),
    to: model(to),
    script: true,
    exitCode: true,
    filters: NO_FILTERS,
  });
  return exitCode === 0 ? undefined : (stdout ?? undefined);
}

/**
 * The adapter cuts a script at every semicolon, those in comments, texts and function bodies too. The savepoint lets
 * the engine write down a script's failure within the transaction that is about to be taken back.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    adapter.executeScript = async (script) => {
      await pool.query("savepoint before_script");
      try {
        await pool.query(script);
      } catch (error) {
        await pool.query("rollback to savepoint before_script");
        throw error instanceof pg.DatabaseError ? new DriverAdapterError(describe(error)) : error;
      }
    };
    return adapter;
  }
}

function describe({ code = "", severity = "ERROR", message, detail, column, hint }: pg.DatabaseError) {
  return { kind: "postgres" as const, code, severity, message, detail, column, hint };
}

async function loadEngine(): Promise<void> {
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = await WebAssembly.compile(await readFile(script.replace(/\.js$/, ".wasm")));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: begin } = instance.exports;
  if (typeof begin === "function") begin();
}
