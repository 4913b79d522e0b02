import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction, pool, type Transaction } from "./client.ts";
import { announce, type LiveMessage, listen } from "./live.ts";
import { openTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let database: TestDatabase;
let operator: pg.Client;
beforeAll(async () => {
  database = await openTestDatabase();
  operator = new pg.Client({ connectionString: database.connectionString });
  await operator.connect();
});
afterAll(async () => {
  const dropped = database.drop();
  await endListening();
  await operator.end();
  await dropped;
});

const processOf = async (client: Transaction): Promise<number> => {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid ?? 0;
};

async function terminate(pid: number): Promise<void> {
  await operator.query("select pg_terminate_backend($1)", [pid]);
}

/** Ends the connection that hears the messages, once there is one. */
async function endListening(): Promise<void> {
  for (;;) {
    const { rowCount } = await operator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query like 'listen%' and state = 'idle'`,
    );
    if (rowCount) return;
    await sleep(20);
  }
}

test.for<[name: string, idle: (client: Transaction) => Promise<unknown>]>([
  ["while nothing is asked of it", () => sleep(200)],
  ["in the middle of a query", (client) => client.query("select pg_sleep(20)")],
])("a transaction whose connection ends %s fails, and the next ones go on", async ([, idle]) => {
  const lost = inTransaction(async (client) => {
    const pid = await processOf(client);
    await Promise.all([idle(client), sleep(50).then(() => terminate(pid))]);
    await client.query("select 1");
  });
  await expect(lost).rejects.toThrow();
  expect(await inTransaction(processOf)).toBeGreaterThan(0);
  expect(pool().waitingCount).toBe(0);
});

test("live messages are heard again after their connection ended", async () => {
  const heard: LiveMessage[] = [];
  const stop = listen((message) => heard.push(message));
  await endListening();
  for (let at = 0; heard.length === 0; at++) {
    await inTransaction((client) => announce(client, { topic: "import", id: String(at) }));
    await sleep(50);
  }
  stop();
  expect(heard[0]?.topic).toBe("import");
});
