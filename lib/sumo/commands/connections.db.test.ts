import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { pullConnection } from "../jobs/pull.ts";
import { getConnection, listConnectionHealth, listConnections } from "../queries/connections.ts";
import { getBackfill, listBackfills, listGaps } from "../queries/windows.ts";
import { parseSealingKeys, seal, unseal } from "../seal.ts";
import { FakeSumo } from "../testing/fake-sumo.ts";
import { emptySumo, SECRET, SETTINGS, storeAdmin, storeConnection } from "../testing/store.ts";
import { fetchActor, moveBackfill, startBackfill } from "./backfills.ts";
import { changeConnection, createConnection, enableConnection, pullNow, rotateKey } from "./connections.ts";
import { openDoor, sealAnew } from "./key.ts";
import { listDue } from "./windows.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const daysAgo = (days: number) => later(-days * 24 * 60);
const ACTOR = "018e0000-0000-7000-8000-00000000000a";

let database: TestDatabase;
let dana: { id: string };
let robin: { id: string };
beforeAll(async () => {
  database = await openTestDatabase();
  dana = { id: await storeAdmin("Dana") };
  robin = { id: await storeAdmin("Robin") };
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

let id: string;
beforeEach(async () => {
  await emptySumo();
  id = await storeConnection(NOW, dana.id);
});

const countBad = async (now: Date) =>
  (await listConnectionHealth(now)).filter(({ state }) => state === "bad").length;
const pull = (sumo: FakeSumo, now: Date) =>
  pullConnection(id, { clock: () => now, signal: new AbortController().signal, searcher: sumo.searcher });

describe("a connection", () => {
  test("is read as it was made, but for its key", async () => {
    const found = await getConnection(id, NOW);
    expect(found).toMatchObject({
      ...SETTINGS,
      accessIdEnd: "0001",
      enabled: true,
      revision: 0,
      nextRunAt: NOW,
      problem: null,
      gaps: 0,
      reachesTo: daysAgo(1),
    });
    const said = JSON.stringify([found, await listConnections(NOW)]);
    expect(said).not.toContain(SECRET.accessId);
    expect(said).not.toContain(SECRET.accessKey);
  });

  test("is due at once, and its key opens in its own row only", async () => {
    expect(await listDue(NOW)).toEqual([id]);
    const door = await openDoor(id);
    expect(door).toMatchObject({
      value: { access: { ...SECRET, apiUrl: "https://api.eu.sumologic.com/api/" } },
    });
    const other = await storeConnection(NOW, dana.id, { name: "Other" });
    const { sealed, sealedWith } = await db().sumoConnection.findUniqueOrThrow({ where: { id } });
    await db().sumoConnection.update({ where: { id: other }, data: { sealed, sealedWith } });
    expect(await openDoor(other)).toMatchObject({ ok: false, reason: { reason: "key-sealed" } });
  });

  test("keeps no name twice", async () => {
    expect(await createConnection(SETTINGS, SECRET, robin, NOW)).toEqual({
      ok: false,
      reason: { kind: "name-taken" },
    });
    const other = await storeConnection(NOW, dana.id, { name: "Other" });
    const taken = await changeConnection({ id: other, revision: 0 }, SETTINGS, robin, NOW);
    expect(taken).toEqual({ ok: false, reason: { kind: "name-taken" } });
  });

  test("of two who change it the later is told by whom and when it was changed", async () => {
    const seen = { id, revision: 0 };
    expect(await changeConnection(seen, { ...SETTINGS, everyMinutes: 10 }, dana, later(1))).toMatchObject({
      ok: true,
    });
    const changed = { ok: false, reason: { kind: "changed-meanwhile", by: "Dana", at: later(1) } };
    expect(await changeConnection(seen, { ...SETTINGS, everyMinutes: 20 }, robin, later(2))).toEqual(changed);
    expect(await rotateKey(seen, SECRET, robin, later(2))).toEqual(changed);
    expect(await enableConnection(seen, false, robin, later(2))).toEqual(changed);
    expect(await getConnection(id, NOW)).toMatchObject({ everyMinutes: 10, enabled: true, revision: 1 });
  });

  test("that is gone is said to be gone", async () => {
    const gone = { ok: false, reason: { kind: "gone" } };
    expect(await pullNow(ACTOR, NOW)).toEqual(gone);
    expect(await rotateKey({ id: ACTOR, revision: 0 }, SECRET, dana, NOW)).toEqual(gone);
    const range = { connectionId: ACTOR, startsAt: daysAgo(1), endsAt: NOW, estimate: null };
    expect(await startBackfill(range, dana, NOW)).toEqual(gone);
  });

  test("at an address that nobody listed is not made", async () => {
    const settings = {
      ...SETTINGS,
      name: "x",
      deployment: "custom",
      apiUrl: "http://10.0.0.1/api/",
    } as const;
    await expect(createConnection(settings, SECRET, dana, NOW)).rejects.toThrow("not listed");
  });

  test("given another key is asked at once with it, and what was wrong is forgotten", async () => {
    const sumo = new FakeSumo();
    sumo.problems = [{ reason: "unauthorized", detail: "HTTP 401" }];
    await pull(sumo, NOW);
    expect(await listDue(NOW)).toEqual([]);
    expect(await countBad(NOW)).toBe(0);
    const key = { accessId: "suAccessId0002", accessKey: "another-key" };
    expect(await rotateKey({ id, revision: 0 }, key, robin, later(1))).toMatchObject({ ok: true });
    expect(await getConnection(id, NOW)).toMatchObject({ accessIdEnd: "0002", problem: null, failures: 0 });
    expect(await listDue(later(1))).toEqual([id]);
    expect(await openDoor(id)).toMatchObject({ value: { access: key } });
  });

  test("that somebody has to look at is counted", async () => {
    const sumo = new FakeSumo();
    sumo.problems = [{ reason: "forbidden", detail: "HTTP 403" }];
    await pull(sumo, NOW);
    expect(await countBad(NOW)).toBe(1);
    expect(await pullNow(id, later(1))).toMatchObject({ ok: true });
    await pull(sumo, later(1));
    expect(await countBad(later(1))).toBe(0);
    // The worker has not been seen for hours.
    expect(await countBad(later(180))).toBe(1);
    await enableConnection({ id, revision: 0 }, false, dana, later(2));
    expect(await countBad(later(180))).toBe(0);
    expect(await pullNow(id, later(3))).toEqual({
      ok: false,
      reason: { kind: "not-now", state: "disabled" },
    });
  });
});

test("what an older key has sealed is sealed anew, and what cannot be opened is left", async () => {
  const keys = parseSealingKeys(env().keys ?? "");
  const old = keys.ok ? keys.value[1] : undefined;
  if (!keys.ok || !old) throw new Error("The tests have two keys.");
  const context = `sumo-connection ${id}`;
  const { sealed, sealedWith } = seal(old, JSON.stringify(SECRET), context);
  await db().sumoConnection.update({ where: { id }, data: { sealed: new Uint8Array(sealed), sealedWith } });
  const lost = await storeConnection(NOW, dana.id, { name: "Lost" });
  await db().sumoConnection.update({ where: { id: lost }, data: { sealedWith: "lost" } });
  expect(await openDoor(id)).toMatchObject({ value: { access: SECRET } });
  expect(await sealAnew()).toBe(1);
  expect(await sealAnew()).toBe(0);
  const row = await db().sumoConnection.findUniqueOrThrow({ where: { id } });
  expect(row.sealedWith).toBe("new");
  const opened = unseal(keys.value.slice(0, 1), { ...row, sealed: Buffer.from(row.sealed) }, context);
  expect(opened).toEqual({ ok: true, value: JSON.stringify(SECRET) });
});

describe("a backfill", () => {
  const range = (startsAt: Date, endsAt: Date) => ({ connectionId: id, startsAt, endsAt, estimate: 1200 });

  test("is cut into days, and is told with how far it is", async () => {
    const started = await startBackfill(range(daysAgo(3), daysAgo(1)), dana, NOW);
    expect(await listBackfills(id, 10)).toMatchObject([
      {
        state: "running",
        estimate: 1200,
        windows: 3,
        waiting: 3,
        done: 0,
        messages: 0,
        createdByName: "Dana",
      },
    ]);
    expect(await getConnection(id, NOW)).toMatchObject({ backfillsRunning: 1 });
    const [newest] = await db().sumoWindow.findMany({ orderBy: { startsAt: "desc" } });
    if (newest) await db().sumoWindow.update({ where: { id: newest.id }, data: { state: "pulled" } });
    expect((await getBackfill(started.ok ? started.value : ""))?.done).toBeCloseTo(0.25);
  });

  test.for<[name: string, startsAt: Date, endsAt: Date, sentence: string]>([
    ["ends before it begins", daysAgo(1), daysAgo(2), "The range ends before it begins."],
    ["lies ahead", later(1), later(2), "The range has not begun yet."],
    ["ends ahead", daysAgo(1), daysAgo(-3), "The range ends in the future."],
    [
      "is too long",
      daysAgo(1200),
      NOW,
      "A backfill is of at most 1100 days. Start one, and another after it.",
    ],
  ])("that %s is refused", async ([, startsAt, endsAt, sentence]) => {
    expect(await startBackfill(range(startsAt, endsAt), dana, NOW)).toEqual({
      ok: false,
      reason: { kind: "bad-range", sentence },
    });
    expect(await db().sumoWindow.count()).toBe(0);
  });

  test("is paused, resumed and cancelled as it was seen", async () => {
    const started = await startBackfill(range(daysAgo(3), daysAgo(1)), dana, NOW);
    const backfill = started.ok ? started.value : "";
    const move = (what: "pause" | "resume" | "cancel", revision: number) =>
      moveBackfill({ id: backfill, revision }, what, NOW);
    expect(await move("resume", 0)).toMatchObject({ reason: { kind: "not-now", state: "running" } });
    expect(await move("pause", 0)).toMatchObject({ ok: true });
    expect(await move("resume", 0)).toMatchObject({ reason: { kind: "changed-meanwhile" } });
    expect(await move("resume", 1)).toMatchObject({ ok: true });
    expect(await move("cancel", 2)).toMatchObject({ ok: true });
    expect(await move("cancel", 3)).toMatchObject({ reason: { kind: "not-now", state: "cancelled" } });
    expect(await getBackfill(backfill)).toMatchObject({ state: "cancelled", waiting: 0, finishedAt: NOW });
  });

  test("of an actor holds a day before and after, asks for their names, and is for the queue", async () => {
    const names = ["arn:aws:iam::111122223333:role/ci", 'hostile" OR *'];
    const around = daysAgo(0.5);
    const fetched = await fetchActor({ connectionId: id, actorId: ACTOR, names, around }, robin, NOW);
    const found = await getBackfill(fetched.ok ? fetched.value : "");
    expect(found).toMatchObject({ kind: "actor", actorId: ACTOR, startsAt: daysAgo(1.5), endsAt: NOW });
    const { query } = await db().sumoBackfill.findFirstOrThrow();
    expect(query).toContain('"arn:aws:iam::111122223333:role/ci"');
    expect(query).not.toContain("OR *");

    const sumo = new FakeSumo();
    const happened = daysAgo(1).getTime();
    sumo.messages = [{ id: "1", raw: "{}", messageTime: happened, receiptTime: daysAgo(5).getTime() }];
    await pull(sumo, NOW);
    expect(await db().import.findMany()).toMatchObject([{ takenAs: "auto", createdBy: robin.id }]);
    expect(await listGaps(id, 10)).toEqual([]);
  });
});
