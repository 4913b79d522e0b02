import { execFile } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { estimateBackfill } from "#lib/sumo/commands/backfills.ts";
import { changeConnection, createConnection, rotateKey } from "#lib/sumo/commands/connections.ts";
import { testConnection, testDraft } from "#lib/sumo/commands/test-connection.ts";
import { getConnection, listConnections } from "#lib/sumo/queries/connections.ts";
import { listPulls } from "#lib/sumo/queries/windows.ts";
import { SETTINGS, storeAdmin, storeConnection } from "#lib/sumo/testing/store.ts";
import { STAND_IN_KEY } from "./keys.ts";
import { Worker } from "./worker.ts";

/** Runs before anything reads the environment. */
const sumo = await vi.hoisted(async () => {
  const { startSumo } = await import("./server.ts");
  const started = await startSumo();
  vi.stubEnv("BARNACLE_SUMO_URLS", new URL(started.url).origin);
  // A worker looks after the whole folder: those of other tests have their files elsewhere.
  const { ownDataFolder } = await import("./worker.ts");
  vi.stubEnv("BARNACLE_DATA", ownDataFolder());
  return started;
});

const NEXT_KEY = "the-next-key-of-the-stand-in-9876543210zyxwvutsrqponmlkjihgfedcba98";
const WRONG_KEY = "a-key-that-somebody-mistyped-0000000000111111111122222222223333333";
const KEYS = [STAND_IN_KEY.accessKey, NEXT_KEY, WRONG_KEY];

let database: TestDatabase;
let admin: { id: string };
beforeAll(async () => {
  database = await openTestDatabase();
  vi.stubEnv("DATABASE_URL", database.connectionString);
  vi.stubEnv("BARNACLE_LOG_LEVEL", "trace");
  admin = { id: await storeAdmin("Dana") };
});
afterAll(async () => {
  await sumo.stop();
  await stopSender();
  await database.drop();
  await rm(env().dataFolder, { recursive: true, force: true });
});

/** In each form in which a key may have been written down. */
const FORMS = KEYS.flatMap((key) => {
  const bytes = Buffer.from(key);
  const authorization = Buffer.from(`${STAND_IN_KEY.accessId}:${key}`).toString("base64");
  return [key, bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url"), authorization];
});

function keysIn(text: string): string[] {
  return FORMS.filter((form) => text.includes(form));
}

/** Every row of every table as text, those of the queue too. */
async function dumpDatabase(): Promise<string> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(30);
  let dump = "";
  for (const { name } of tables) {
    const { rows } = await pool().query<{ row: string }>(`select t::text as row from ${name} t`);
    dump += rows.map(({ row }) => `${row}\n`).join("");
  }
  return dump;
}

async function readFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((file) => readFile(path.join(file.parentPath, file.name), "latin1")),
  );
  return texts.join("\n");
}

/** What the command of a terminal writes, on both of its streams. */
async function runCommand(...args: string[]): Promise<string> {
  return await new Promise((resolve) => {
    execFile(process.execPath, ["lib/sumo/main.ts", ...args], (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

async function until(isTrue: () => Promise<boolean>, worker: Worker): Promise<void> {
  while (!(await isTrue())) {
    worker.check();
    await sleep(50);
  }
}

test("a key is found in no log, error, answer, command's output, file or table", async () => {
  const now = Date.now();
  sumo.load(
    Array.from({ length: 20 }, (_, number) => ({
      raw: JSON.stringify({ eventName: "PutImage", eventSource: "ecr.amazonaws.com", number }),
      messageTime: now - 10 * 60_000 - number * 1000,
      sourceCategory: "aws/cloudtrail",
    })),
  );
  const place = { ...SETTINGS, deployment: "custom", apiUrl: sumo.url } as const;
  const { signal } = new AbortController();
  const { accessId } = STAND_IN_KEY;
  const wrong = { accessId, accessKey: WRONG_KEY };
  const said: unknown[] = [];

  const refused = await testDraft(place, wrong, new Date(), signal);
  expect(refused).toMatchObject({ reason: { problem: { reason: "unauthorized" } } });
  said.push(refused, await testDraft(place, STAND_IN_KEY, new Date(), signal));
  const bad = await createConnection(place, { ...wrong, accessId: "" }, admin, new Date()).catch(String);
  const id = await storeConnection(new Date(), admin.id, place, STAND_IN_KEY);
  const taken = await createConnection(place, wrong, admin, new Date());
  const late = await rotateKey({ id, revision: 7 }, wrong, admin, new Date());
  said.push(bad, taken, late);
  said.push(await testConnection(id, place, new Date(), signal));
  const range = { connectionId: id, startsAt: new Date(now - 3_600_000), endsAt: new Date(now) };
  said.push(await estimateBackfill(range, signal));

  const worker = new Worker();
  await until(async () => (await listPulls(id, 1)).length > 0, worker);
  sumo.rotate(accessId, { accessKey: NEXT_KEY });
  await changeConnection({ id, revision: 0 }, place, admin, new Date());
  await db().sumoConnection.update({ where: { id }, data: { watermark: new Date(now - 3_600_000) } });
  const problem = async () => (await getConnection(id, new Date()))?.problem?.reason;
  await until(async () => (await problem()) === "unauthorized", worker);
  const when = ["--from", new Date(now - 3_600_000).toISOString(), "--to", new Date(now).toISOString()];
  const refusedCommand = await runCommand("pull", "--connection", SETTINGS.name, ...when);
  expect(refusedCommand).toContain("does not accept the access key");
  await rotateKey({ id, revision: 1 }, { accessId, accessKey: NEXT_KEY }, admin, new Date());
  await until(async () => (await problem()) === undefined, worker);
  const command = await runCommand("pull", "--connection", SETTINGS.name, ...when);
  expect(command).toContain("PutImage");
  said.push(refusedCommand, command, await listConnections(new Date()), await listPulls(id, 10));
  await worker.kill("SIGTERM");

  const dump = await dumpDatabase();
  await writeFile(path.join(env().dataFolder, "proof"), "that files are looked at");
  const files = await readFolder(env().dataFolder);
  // Each of them was looked at.
  expect(worker.said).toContain("worker started");
  expect(dump).toContain(SETTINGS.name);
  expect(files).toContain("that files are looked at");
  expect(keysIn(`${dump}${Buffer.from(NEXT_KEY).toString("hex")}`)).toHaveLength(1);

  expect({
    log: keysIn(worker.said),
    said: keysIn(JSON.stringify(said)),
    dump: keysIn(dump),
    files: keysIn(files),
  }).toEqual({ log: [], said: [], dump: [], files: [] });
}, 240_000);
