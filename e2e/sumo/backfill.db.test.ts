import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { startBackfill } from "#lib/sumo/commands/backfills.ts";
import { getBackfill, listGaps } from "#lib/sumo/queries/windows.ts";
import { storeAdmin, storeConnection } from "#lib/sumo/testing/store.ts";
import { FAULTS, type FaultPlan } from "./faults.ts";
import { STAND_IN_KEY } from "./keys.ts";
import type { LoadedMessage } from "./message.ts";
import { Worker } from "./worker.ts";

/** Runs before anything reads the environment. */
const sumo = await vi.hoisted(async () => {
  const { startSumo } = await import("./server.ts");
  const started = await startSumo({
    maxPageBytes: 3_000_000,
    needsCookies: false,
    pollsUntilDone: 1,
    // No job goes by itself: one that nobody deletes is there at the end, however busy the machine is.
    idleMs: 3_600_000,
  });
  vi.stubEnv("BARNACLE_SUMO_URLS", new URL(started.url).origin);
  // A worker looks after the whole folder: those of other tests have their files elsewhere.
  const { ownDataFolder } = await import("./worker.ts");
  vi.stubEnv("BARNACLE_DATA", ownDataFolder());
  return started;
});

const DAY_MS = 86_400_000;
const MESSAGES = 200_000;
/** More than Sumo gives for one search lie on the last day. */
const ON_LAST_DAY = 110_000;
const DAYS = 5;
const MIDNIGHT = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const FROM = MIDNIGHT - DAYS * DAY_MS;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  vi.stubEnv("DATABASE_URL", database.connectionString);
});
afterAll(async () => {
  await sumo.stop();
  await stopSender();
  await database.drop();
  await rm(env().dataFolder, { recursive: true, force: true });
});

const nameOf = (number: number) => `event-${number}`;

function* messages(): Generator<LoadedMessage> {
  const before = MESSAGES - ON_LAST_DAY;
  for (let number = 0; number < MESSAGES; number++) {
    const messageTime =
      number < before
        ? FROM + Math.floor((number / before) * (DAYS - 1) * DAY_MS)
        : MIDNIGHT - DAY_MS + Math.floor(((number - before) / ON_LAST_DAY) * DAY_MS);
    const record = {
      eventTime: new Date(messageTime).toISOString().replace(/\.\d+/, ""),
      eventSource: "ecr.amazonaws.com",
      eventName: "BatchGetImage",
      awsRegion: "eu-west-1",
      sourceIPAddress: "198.51.100.7",
      eventID: nameOf(number),
      recipientAccountId: "111122223333",
      userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ci", userName: "ci" },
    };
    yield { raw: JSON.stringify(record), messageTime, sourceCategory: "aws/cloudtrail" };
  }
}

/** One request in a hundred meets each. */
function everyFault(): FaultPlan {
  return Object.fromEntries(Object.keys(FAULTS).map((name) => [name, { rate: 0.01, ms: 1500 }]));
}

async function storeStandIn(): Promise<string> {
  const admin = await storeAdmin("Dana");
  const settings = { deployment: "custom", apiUrl: sumo.url } as const;
  return await storeConnection(new Date(), admin, settings, STAND_IN_KEY);
}

async function until(isTrue: () => boolean | Promise<boolean>, worker: Worker): Promise<void> {
  while (!(await isTrue())) {
    worker.check();
    await sleep(20);
  }
}

test("a backfill of 200,000 messages ends with exactly these, whatever fails and whoever is killed", async () => {
  sumo.load(messages());
  const connectionId = await storeStandIn();
  // Only what is asked for here.
  await db().sumoConnection.update({
    where: { id: connectionId },
    data: { nextRunAt: new Date(Date.now() + DAY_MS) },
  });
  const range = { connectionId, startsAt: new Date(FROM), endsAt: new Date(MIDNIGHT), estimate: null };
  const started = await startBackfill(range, { id: connectionId }, new Date());
  if (!started.ok) throw new Error(started.reason.kind);
  sumo.faults(everyFault());

  let worker = new Worker();
  for (const pages of [6, 20, 34]) {
    await until(() => sumo.stats().requests.page >= pages, worker);
    await worker.kill();
    worker = new Worker();
  }
  const isDone = async () => (await getBackfill(started.value))?.state === "done";
  await until(async () => (await isDone()) && (await unread()) === 0, worker);
  await worker.kill("SIGTERM");

  expect(await listGaps(connectionId, 10)).toEqual([]);
  const { rows } = await pool().query<{ name: string }>("select native_id as name from event");
  expect(rows.length).toBe(MESSAGES);
  const names = new Set(rows.map(({ name }) => name));
  expect(Array.from({ length: MESSAGES }, (_, at) => nameOf(at)).filter((name) => !names.has(name))).toEqual(
    [],
  );
  const imports = await db().import.aggregate({
    _sum: { newCount: true, duplicateCount: true, rejectedCount: true },
  });
  expect(imports._sum).toEqual({ newCount: BigInt(MESSAGES), duplicateCount: 0n, rejectedCount: 0n });
  const undone = {
    where: { state: { not: "done" } },
    select: { state: true, failure: true, failureDetail: true },
  };
  expect(await db().import.findMany(undone)).toEqual([]);

  const stats = sumo.stats();
  expect(stats.mostInASecond).toBeLessThanOrEqual(4);
  expect(stats.mostAtATime).toBeLessThanOrEqual(10);
  expect(stats.rateLimited).toBe(0);
  expect(stats.createsRepeated).toBe(0);
  expect(stats.jobs).toMatchObject({ left: 0, expired: 0 });
  const met = Object.values(stats.faults).reduce((sum, count) => sum + count, 0);
  expect(met).toBeGreaterThan(2);
}, 900_000);

async function unread(): Promise<number> {
  return await db().import.count({ where: { state: { in: ["queued", "running"] } } });
}
