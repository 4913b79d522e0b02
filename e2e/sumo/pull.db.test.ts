import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { runImport } from "#lib/ingest/jobs/run-import.ts";
import { emptyStore } from "#lib/ingest/testing/store.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { estimateBackfill, fetchActor, retryGap, startBackfill } from "#lib/sumo/commands/backfills.ts";
import { createConnection, rotateKey } from "#lib/sumo/commands/connections.ts";
import { testConnection } from "#lib/sumo/commands/test-connection.ts";
import { pullConnection } from "#lib/sumo/jobs/pull.ts";
import { getConnection } from "#lib/sumo/queries/connections.ts";
import { getBackfill, listGaps } from "#lib/sumo/queries/windows.ts";
import { STAND_IN_KEY } from "./keys.ts";
import type { LoadedMessage } from "./message.ts";
import { type Sumo, type SumoOptions, startSumo } from "./server.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const MINUTE_MS = 60_000;
const ADMIN = { id: randomUUID() };
const CATEGORY = "aws/cloudtrail";
/** What the limits are is tested elsewhere: here only that they are kept apart from. */
const QUICK = { pollsUntilDone: 1, limits: { perSecond: 1000 } };

let database: TestDatabase;
let sumo: Sumo;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await emptyStore();
  await pool().query(
    "truncate sumo_connection, sumo_backfill, sumo_window, sumo_pace, sumo_seat, sumo_recent",
  );
});
afterEach(async () => {
  await sumo.stop();
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

async function start(options: SumoOptions = {}): Promise<void> {
  sumo = await startSumo({ ...QUICK, ...options });
  (env() as { sumoUrls: readonly string[] }).sumoUrls = [new URL(sumo.url).origin];
}

const settings = () => ({
  name: "Production",
  deployment: "custom" as const,
  apiUrl: sumo.url,
  uiUrl: null,
  keyOwner: "",
  categories: { aws: [CATEGORY], azure: [] },
  profile: "images" as const,
  ownQuery: null,
  everyMinutes: 5,
});

async function connect(key = STAND_IN_KEY): Promise<string> {
  const { accessId, accessKey } = key;
  const made = await createConnection(settings(), { accessId, accessKey }, ADMIN, NOW);
  if (!made.ok) throw new Error(made.reason.kind);
  return made.value;
}

function message(id: string, at: number, more: Partial<LoadedMessage> = {}): LoadedMessage {
  const eventTime = new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  const raw = JSON.stringify(cloudTrailRecord({ eventID: id, eventName: "CreateImage", eventTime }));
  return { raw, messageTime: at, sourceCategory: CATEGORY, ...more };
}

const messages = (count: number, from: number, stepMs: number) =>
  Array.from({ length: count }, (_, at) => message(`event-${from}-${at}`, from + at * stepMs));

const pull = (id: string, now = NOW) =>
  pullConnection(id, { clock: () => now, signal: new AbortController().signal });

/** Reads what was pulled, and gives the native ids of all that is stored. */
async function storedIds(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    "select id from import where state = 'queued' order by created_at",
  );
  for (const { id } of rows) await runImport(id, () => NOW, new AbortController().signal);
  const stored = await pool().query<{ id: string }>("select native_id as id from event order by native_id");
  return stored.rows.map(({ id }) => id);
}

const idsOf = (loaded: readonly LoadedMessage[]) =>
  loaded.map(({ raw }) => (JSON.parse(raw) as { eventID: string }).eventID).sort();

const imports = async () =>
  (
    await pool().query(
      "select kind, name, taken_as, new_count::int, duplicate_count::int from import order by created_at",
    )
  ).rows;

describe("the schedule", () => {
  test("brings a day first, then what is new, and nothing twice", async () => {
    await start();
    const before = messages(30, NOW.getTime() - 60 * MINUTE_MS, MINUTE_MS);
    sumo.load(before);
    const id = await connect();
    await pull(id);
    expect(await storedIds()).toEqual(idsOf(before));

    const later = new Date(NOW.getTime() + 5 * MINUTE_MS);
    const after = messages(3, NOW.getTime() - MINUTE_MS, 30_000);
    sumo.load(after);
    await pull(id, later);
    expect(await storedIds()).toEqual(idsOf([...before, ...after]));
    const name = "Production · 23 Nov 2026 11:55–24 Nov 2026 11:58 UTC";
    expect(await imports()).toEqual([
      { kind: "sumo", name, taken_as: "auto", new_count: 30, duplicate_count: 0 },
      {
        ...{ kind: "sumo", taken_as: "auto", duplicate_count: 0 },
        name: "Production · 24 Nov 2026 11:53–12:03 UTC",
        new_count: 3,
      },
    ]);
    expect(await getConnection(id, later)).toMatchObject({
      failures: 0,
      problem: null,
      gaps: 0,
      lastSuccessAt: later,
      reachesTo: new Date("2026-11-24T12:03:00Z"),
    });
  });

  test("pulls by receipt, however long ago a message tells that it happened", async () => {
    await start();
    const id = await connect();
    sumo.load([
      message("old", NOW.getTime() - 9 * 86_400_000, { receiptTime: NOW.getTime() - 5 * MINUTE_MS }),
    ]);
    await pull(id);
    expect(await storedIds()).toEqual(["old"]);
  });
});

describe("a backfill", () => {
  const startsAt = new Date("2026-10-01T06:00:00Z");
  const endsAt = new Date("2026-10-03T06:00:00Z");

  async function backfill(id: string, range = { startsAt, endsAt }): Promise<string> {
    const started = await startBackfill({ connectionId: id, ...range, estimate: null }, ADMIN, NOW);
    if (!started.ok) throw new Error(started.reason.kind);
    return started.value;
  }

  test("splits what Sumo cuts short until it is whole, and is taken as history", async () => {
    await start({ maxMessages: 50 });
    const loaded = messages(120, startsAt.getTime(), 1_200_000);
    sumo.load(loaded);
    const id = await connect();
    expect(
      await estimateBackfill({ connectionId: id, startsAt, endsAt }, new AbortController().signal),
    ).toMatchObject({
      ok: true,
      value: { messages: 120 },
    });
    const backfillId = await backfill(id);
    await pull(id);
    expect(await storedIds()).toEqual(idsOf(loaded));
    expect(await getBackfill(backfillId)).toMatchObject({
      state: "done",
      messages: 120,
      done: 1,
      gaps: 0,
      waiting: 0,
    });
    expect(new Set((await imports()).map(({ taken_as }) => taken_as))).toEqual(new Set(["history"]));
    expect(sumo.stats().jobs.left).toBe(0);
  });

  test("of a second with too many messages brings what Sumo gives, tells the gap, and can be tried again", async () => {
    await start({ maxMessages: 50 });
    const loaded = messages(80, startsAt.getTime() + 100, 1);
    sumo.load(loaded);
    const id = await connect();
    const range = { startsAt, endsAt: new Date(startsAt.getTime() + 4000) };
    const backfillId = await backfill(id, range);
    await pull(id);
    const gaps = await listGaps(id, 10);
    expect(gaps).toMatchObject([{ problem: { reason: "truncated" }, messages: 50, timeKind: "message" }]);
    expect(Number(gaps[0]?.endsAt) - Number(gaps[0]?.startsAt)).toBeLessThanOrEqual(1000);
    expect(await storedIds()).toHaveLength(50);

    await sumo.stop();
    const port = Number(new URL(sumo.url).port);
    await start({ port });
    sumo.load(loaded);
    expect(await retryGap(gaps[0]?.id ?? "")).toEqual({ ok: true, value: undefined });
    expect(await getBackfill(backfillId)).toMatchObject({ state: "running" });
    await pull(id);
    expect(await storedIds()).toEqual(idsOf(loaded));
    expect(await listGaps(id, 10)).toEqual([]);
    expect(await getBackfill(backfillId)).toMatchObject({ state: "done" });
  });

  test("of one actor asks for its name alone, around a moment", async () => {
    await start();
    const around = new Date("2026-11-20T12:00:00Z");
    const mine = message("mine", around.getTime());
    const { userIdentity } = JSON.parse(mine.raw) as { userIdentity: { arn: string } };
    const other = message("other", around.getTime());
    other.raw = other.raw.replaceAll(userIdentity.arn, "arn:aws:iam::111122223333:user/somebody-else");
    sumo.load([mine, other]);
    const id = await connect();
    const fetched = await fetchActor(
      { connectionId: id, actorId: randomUUID(), names: [userIdentity.arn], around },
      ADMIN,
      NOW,
    );
    expect(fetched.ok).toBe(true);
    await pull(id);
    expect(await storedIds()).toEqual(["mine"]);
  });
});

describe("a connection", () => {
  test("whose key is wrong says so, waits longer each time, and goes on with the right one", async () => {
    await start();
    sumo.load([message("one", NOW.getTime() - 5 * MINUTE_MS)]);
    const id = await connect({ ...STAND_IN_KEY, accessKey: "wrong" });
    await pull(id);
    expect(await getConnection(id, NOW)).toMatchObject({ failures: 1, problem: { reason: "unauthorized" } });
    await pull(id);
    expect(await getConnection(id, NOW)).toMatchObject({ failures: 1 });
    await pull(id, new Date(NOW.getTime() + 16_000));
    expect(await getConnection(id, NOW)).toMatchObject({ failures: 2 });

    const { accessId, accessKey } = STAND_IN_KEY;
    expect(await rotateKey({ id, revision: 0 }, { accessId, accessKey }, ADMIN, NOW)).toMatchObject({
      ok: true,
    });
    await pull(id);
    expect(await storedIds()).toEqual(["one"]);
    expect(await getConnection(id, NOW)).toMatchObject({ failures: 0, problem: null });
  });

  test("whose key is rotated while it searches goes on with the next", async () => {
    await start({ needsCookies: false });
    const loaded = messages(20, NOW.getTime() - 30 * MINUTE_MS, MINUTE_MS);
    sumo.load(loaded);
    const id = await connect();
    sumo.rotate(STAND_IN_KEY.accessId, { accessKey: "the next key" }, 2);
    await pull(id);
    expect(await getConnection(id, NOW)).toMatchObject({ problem: { reason: "unauthorized" } });
    await rotateKey(
      { id, revision: 0 },
      { accessId: STAND_IN_KEY.accessId, accessKey: "the next key" },
      ADMIN,
      NOW,
    );
    await pull(id);
    expect(await storedIds()).toEqual(idsOf(loaded));
    expect(sumo.stats().jobs.left).toBe(0);
  });

  test("tells what a test of it saw", async () => {
    await start();
    sumo.load([
      ...messages(8, NOW.getTime() - 10 * MINUTE_MS, 1000),
      { ...message("odd", NOW.getTime() - 9 * MINUTE_MS), raw: '{"eventName":"CreateImage"}' },
    ]);
    const id = await connect();
    expect(await testConnection(id, undefined, NOW, new AbortController().signal)).toMatchObject({
      ok: true,
      value: { messages: 9, isTruncated: false, minutes: 15, records: 9, known: 8 },
    });
    expect(sumo.stats().jobs.left).toBe(0);
  });
});
