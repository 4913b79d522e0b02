import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { startJobs, stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { workOnImports } from "#lib/ingest/jobs/work-on-imports.ts";
import { deliver } from "#lib/ingest/testing/deliver.ts";
import { emptyStore } from "#lib/ingest/testing/store.ts";
import { uploadPath } from "#lib/ingest/uploads.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { Worker } from "./sumo/worker.ts";

/** Runs before anything reads the environment: a worker looks after the whole folder. */
await vi.hoisted(async () => {
  const { ownDataFolder } = await import("./sumo/worker.ts");
  vi.stubEnv("BARNACLE_DATA", ownDataFolder());
});

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  vi.stubEnv("DATABASE_URL", database.connectionString);
});
beforeEach(emptyStore);
afterAll(async () => {
  await stopSender();
  await database.drop();
  await rm(env().dataFolder, { recursive: true, force: true });
});

const log = (name: string, records: number) =>
  Array.from({ length: records }, (_, at) =>
    JSON.stringify(cloudTrailRecord({ eventID: `${name}-${at}` })),
  ).join("\n");

const rowOf = (id: string) => db().import.findUniqueOrThrow({ where: { id } });
const countUnread = () => db().import.count({ where: { state: { in: ["queued", "running"] } } });

test("a file that breaks off each time fails with its reason, and the others are read", async () => {
  const jobs = await startJobs(database.connectionString);
  await jobs.updateQueue("import", { retryDelay: 0, retryBackoff: false });
  const poisoned = await deliver(log("poison", 1));
  const others = [await deliver(log("a", 3)), await deliver(log("b", 3))];
  const { storedAs } = await rowOf(poisoned);
  await rm(uploadPath(storedAs));
  // Opened it can be, read it cannot.
  await mkdir(uploadPath(storedAs));
  const stopping = new AbortController();
  try {
    await workOnImports(jobs, stopping.signal);
    while ((await countUnread()) > 0) await sleep(50);
  } finally {
    stopping.abort();
    await jobs.stop({ graceful: true });
  }
  expect(await rowOf(poisoned)).toMatchObject({
    state: "failed",
    failure: "gave-up",
    failureDetail: expect.stringContaining("EISDIR"),
  });
  for (const id of others) expect(await rowOf(id)).toMatchObject({ state: "done", newCount: 3n });
});

test("a file that kills the worker each time fails alone, and what was read beside it does not", async () => {
  // It takes some time to come to the end, and nothing of it is stored before.
  const slow = await deliver(`${log("slow-1", 3)}${"\n".repeat(3_000_000)}${log("slow-2", 3)}`);
  const poisoned = await deliver(log("poison", 10));
  const others = [slow, await deliver(log("a", 3)), await deliver(log("b", 3))];
  const hook = path.join(env().dataFolder, "kill.mjs");
  await writeFile(hook, killWhenOpened((await rowOf(poisoned)).storedAs));
  vi.stubEnv("NODE_OPTIONS", `--import ${pathToFileURL(hook).href}`);
  let deaths = 0;
  for (;;) {
    const worker = new Worker();
    while (worker.lives && (await countUnread()) > 0) await sleep(20);
    const died = !worker.lives;
    await worker.kill("SIGTERM");
    if (!died) break;
    deaths++;
  }
  expect(deaths).toBe(3);
  expect(await rowOf(poisoned)).toMatchObject({
    state: "failed",
    failure: "gave-up",
    failureDetail: "3 runs after record 0 ended without a word",
  });
  const counts = await Promise.all(others.map(async (id) => (await rowOf(id)).newCount));
  expect(counts).toEqual([6n, 3n, 3n]);
}, 400_000);

/** A worker that reads this file dies at once, as if the system had ended it for want of memory. */
function killWhenOpened(storedAs: string): string {
  return `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { open } = fs.promises;
    fs.promises.open = (file, ...rest) =>
      String(file).endsWith("${storedAs}") ? process.kill(process.pid, "SIGKILL") : open(file, ...rest);
    syncBuiltinESMExports();`;
}
