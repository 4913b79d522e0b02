import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { startJobs, stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { deliver } from "../testing/deliver.ts";
import { uploadPath } from "../uploads.ts";
import { workOnImports } from "./work-on-imports.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

test("a worker reads all that is delivered, one file after another, and what has gone missing fails alone", async () => {
  const ids: string[] = [];
  for (let at = 0; at < 24; at++)
    ids.push(await deliver(JSON.stringify(cloudTrailRecord({ eventID: `${at}` }))));
  const missing = await db().import.findUniqueOrThrow({ where: { id: ids[5] ?? "" } });
  await rm(uploadPath(missing.storedAs));

  const stopping = new AbortController();
  const jobs = await startJobs(database.connectionString);
  try {
    await workOnImports(jobs, stopping.signal);
    while ((await db().import.count({ where: { state: { in: ["queued", "running"] } } })) > 0)
      await sleep(50);
  } finally {
    stopping.abort();
    await jobs.stop({ graceful: true });
  }
  expect(await db().import.count({ where: { state: "done", newCount: 1 } })).toBe(23);
  expect(await db().import.findUnique({ where: { id: missing.id } })).toMatchObject({
    state: "failed",
    failure: "file-missing",
  });
});
