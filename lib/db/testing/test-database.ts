import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { closeDatabase, connectTo } from "../client.ts";

export type TestDatabase = { connectionString: string; drop(): Promise<void> };

/** A migrated and empty database of the test's own, to which all rooms' queries go until it is dropped. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(template, `create database ${name} template ${template.pathname.slice(1)}`);
  const own = new URL(template);
  own.pathname = `/${name}`;
  connectTo({ connectionString: own.href });
  return {
    connectionString: own.href,
    drop: async () => {
      await closeDatabase();
      await administer(template, `drop database ${name} with (force)`);
    },
  };
}

async function administer(template: URL, statement: string): Promise<void> {
  const maintenance = new URL(template);
  maintenance.pathname = "/postgres";
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
