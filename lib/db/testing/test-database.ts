import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
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
      await closing(() => administer(template, END_LISTENING.replace("$name", name)));
      await administer(template, `drop database ${name} with (force)`);
    },
  };
}

/** A connection that listens is never given back by itself. */
const END_LISTENING = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = '$name' and query like 'listen%' and state = 'idle'`;
const SOON_MS = 50;

async function closing(endListening: () => Promise<void>): Promise<void> {
  const closed = closeDatabase().then(() => true);
  while (!(await Promise.race([closed, sleep(SOON_MS)]))) await endListening();
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
