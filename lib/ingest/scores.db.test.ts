import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db, inTransaction, pool } from "#lib/db/client.ts";
import { FIRST_POINTS, HISTORY_POINTS } from "#lib/detection/points.ts";
import { type JsonObject, textAt } from "#lib/json.ts";
import { requestDeletion } from "./commands/deletion.ts";
import { startReplay } from "./commands/replays.ts";
import { deleteImport } from "./jobs/delete-import.ts";
import { runReplay } from "./jobs/run-replay.ts";
import { somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { scoreRecords } from "./testing/score-records.ts";
import { dumpStore, emptyStore, miscounts } from "./testing/store.ts";
import { holdForAltering } from "./writer/alter-events.ts";
import { retireAlerts, retireEvents } from "./writer/retire.ts";

ownStore();

const SHOP = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/pay";
const NOW = new Date("2026-05-25T00:00:00Z");
const lines = (records: readonly JsonObject[]) => records.map((record) => JSON.stringify(record)).join("\n");

/** What the time before adds, as "18 PutImage eve 1.8: +25 …". */
async function told(): Promise<string[]> {
  const { rows } = await pool().query<{ at: string; addends: { id: string; points: number; why: string }[] }>(
    `select concat_ws(' ', to_char(detection.occurred_at at time zone 'UTC', 'DD'), operation, actor.name, tag, rule_id) as at, addends
     from detection left join actor on actor.id = actor_id order by detection.occurred_at, rule_id`,
  );
  const ids = [...Object.keys(FIRST_POINTS), ...Object.keys(HISTORY_POINTS)];
  return rows.flatMap(({ at, addends }) =>
    addends.filter(({ id }) => ids.includes(id)).map(({ points, why }) => `${at}: +${points} ${why}`),
  );
}

async function stories(): Promise<string[]> {
  const alerts = await db().alert.findMany({ orderBy: [{ firstAt: "asc" }, { id: "asc" }] });
  return alerts.flatMap(({ subject, story }) =>
    (story as { points: number; why: string }[]).map(({ points, why }) => `${subject}: +${points} ${why}`),
  );
}

/** Each as often as it says. */
const EXPECTED: Readonly<Record<string, number>> = {
  "first-latest": 1,
  "first-image": 8,
  "first-name": 1,
  "first-network": 14,
  "first-account": 3,
  "first-operation": 15,
  "first-region": 5,
  "tag-of-another-moved": 1,
  "old-tag-moved": 1,
  "pulled-and-pushed": 1,
  "pulled-built-pushed": 2,
  "refused-before": 5,
};

async function counted(): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ id: string; count: number }>(
    `select one ->> 'id' as id, count(*)::int as count from detection cross join jsonb_array_elements(addends) as one group by 1`,
  );
  const ids = [...Object.keys(FIRST_POINTS), ...Object.keys(HISTORY_POINTS)];
  return Object.fromEntries(rows.flatMap(({ id, count }) => (ids.includes(id) ? [[id, count]] : [])));
}

test("each addend of the time before and after is found where it belongs, with its facts", async () => {
  await importFile(lines(scoreRecords()), { now: NOW });
  expect(await counted()).toEqual(EXPECTED);
  const before = await told();
  expect(before.filter((line) => line.startsWith("19 PutImage eve 1.8 ecr-push"))).toEqual([
    "19 PutImage eve 1.8 ecr-push: +15 first time that this actor works on this image, as others did before; more than 30 days of history",
    "19 PutImage eve 1.8 ecr-push: +2 new network for this actor; more than 30 days of history",
    "19 PutImage eve 1.8 ecr-push: +2 first time that this actor calls PutImage; more than 30 days of history",
    "19 PutImage eve 1.8 ecr-push: +25 stable tag “1.8” moved to another digest 10 days after another actor had put it there",
    "19 PutImage eve 1.8 ecr-push: +10 pulled 57 minutes before under the same tag, and pushed back as another image",
    "19 PutImage eve 1.8 ecr-push: +15 refused 43 minutes before, and then successful",
    "19 PutImage eve 1.8 ecr-push: +15 first time that this actor works on this image, as others did before; more than 30 days of history",
    "19 PutImage eve 1.8 ecr-push: +2 new network for this actor; more than 30 days of history",
    "19 PutImage eve 1.8 ecr-push: +2 first time that this actor calls PutImage; more than 30 days of history",
  ]);
  expect(before).toContain(
    "18 CreateImage eve aws-machine-image: +15 first image by this actor that is called “golden…”, as those of others are; more than 30 days of history",
  );
  expect(before).toContain(
    "17 image push 2.4 docker-image-pushed: +20 pulled 28 minutes before under the same tag, built upon and pushed back",
  );
  // The pod names the image by its registry: another log, the same image.
  expect(await stories()).toEqual([
    "eu-west-1/ami-999: +10 the image was started or pulled 4 hours later",
    `${SHOP}: +15 a guard of it was lowered within 24 hours before`,
    `${SHOP}: +10 the image was started or pulled 3 hours later`,
    `${SHOP}: +15 a guard of it was lowered within 24 hours before`,
  ]);
});

test("any order, split and repetition of the records gives the same scores and stories", async () => {
  const records = scoreRecords();
  await importFile(lines(records), { now: NOW });
  const expected = await dumpStore();
  const plan = fc.record({
    order: fc.shuffledSubarray([...records.keys()], { minLength: records.length }),
    again: fc.array(fc.nat(records.length - 1), { maxLength: 10 }),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ order, again, sizes }) => {
      await emptyStore();
      const all = [...order, ...again].map((at) => records[at] as JsonObject);
      for (const size of sizes) {
        const part = all.splice(0, size);
        if (part.length > 0) await importFile(lines(part), { now: NOW });
      }
      if (all.length > 0) await importFile(lines(all), { now: NOW });
      expect(await dumpStore()).toEqual(expected);
      expect(await miscounts()).toEqual({});
    }),
    { numRuns: 5 },
  );
});

describe("what goes with a deleted import goes from scores and stories too", () => {
  const isPush = (tag: string) => (record: JsonObject) =>
    textAt(record, "requestParameters", "imageTag") === tag;
  test.each<[what: string, isOf: (record: JsonObject) => boolean]>([
    ["the actor's earlier work on an image", isPush("2.1")],
    ["the work of others on it", isPush("2.0")],
    [
      "a refusal",
      (record) =>
        record.errorCode !== undefined && textAt(record, "requestParameters", "name") === "golden-2026-05-28",
    ],
    ["the starts of an image", ({ eventName }) => eventName === "RunInstances"],
    ["a pull", ({ Action }) => Action === "pull"],
    ["a lowered guard", ({ eventName }) => eventName === "PutImageTagMutability"],
    ["the beginning of history", (record) => String(record.eventTime) < "2026-04-20"],
  ])("%s", async (_, isOf) => {
    const records = scoreRecords();
    const [gone, rest] = [records.filter(isOf), records.filter((record) => !isOf(record))];
    expect(gone.length).toBeGreaterThan(0);
    await importFile(lines(rest), { now: NOW });
    const expected = { store: await dumpStore(), said: await said() };
    await emptyStore();
    const id = await importFile(lines(gone), { now: NOW });
    await importFile(lines(rest), { now: NOW });
    expect(await said()).not.toEqual(expected.said);
    await remove(id);
    expect(await dumpStore()).toEqual(expected.store);
    expect(await miscounts()).toEqual({});
  });
});

async function said(): Promise<string[]> {
  return [...(await told()), ...(await stories())];
}

async function remove(id: string): Promise<void> {
  const { name } = await db().import.findUniqueOrThrow({ where: { id } });
  const admin = await somebody("admin");
  const asked = await requestDeletion({ id, state: "done", typedName: name }, admin, NOW);
  expect(asked.ok).toBe(true);
  await deleteImport(id, () => NOW, new AbortController().signal);
}

test("a store from before scores asked the time before is brought forward by a replay", async () => {
  await importFile(lines(scoreRecords()), { now: NOW, takenAs: "live" });
  const expected = await dumpStore();
  const ids = [...Object.keys(FIRST_POINTS), ...Object.keys(HISTORY_POINTS)];
  await pool().query("truncate image_work, refused_call");
  await pool().query("update event set normalizer = 0");
  await pool().query(
    `update detection set score = 50, addends = (
       select jsonb_agg(one order by nth) from jsonb_array_elements(addends) with ordinality as found (one, nth)
       where one ->> 'id' <> all($1::text[]))`,
    [ids],
  );
  await pool().query("update alert set story = '[]', used_at = null, current_score = 50, score = 50");
  await miscounts();
  const admin = await somebody("admin");
  const started = await startReplay({ scope: { kind: "everything" }, from: "normalise" }, admin, NOW);
  if (!started.ok) throw new Error(started.reason);
  await runReplay(started.value, () => NOW, new AbortController().signal);
  expect(await dumpStore()).toEqual(expected);
  expect(await miscounts()).toEqual({});
});

test("first work outlives the event that it was", async () => {
  const firsts = () =>
    pool().query("select scope, actor_id, min(occurred_at) from image_work group by 1, 2 order by 1, 2");
  await importFile(lines(scoreRecords()), { now: NOW, takenAs: "history" });
  const before = { firsts: (await firsts()).rows, rows: await db().imageWork.count() };
  await inTransaction(async (client) => {
    await holdForAltering(client);
    expect(await retireAlerts(client, NOW)).toBeGreaterThan(10);
    expect((await retireEvents(client, NOW, null)).events).toBe(scoreRecords().length);
  });
  expect((await firsts()).rows).toEqual(before.firsts);
  expect(await db().imageWork.count()).toBeLessThan(before.rows);
  expect(await db().refusedCall.count()).toBe(0);
});

test("a frozen score stays while the current one follows what comes later", async () => {
  const isUse = (record: JsonObject) => record.eventName === "RunInstances";
  await importFile(lines(scoreRecords().filter((record) => !isUse(record))), { now: NOW, takenAs: "live" });
  const where = { subject: "eu-west-1/ami-999" };
  const before = await db().alert.findFirstOrThrow({ where });
  await db().alert.update({ where: { id: before.id }, data: { frozenScore: 50, score: 50 } });
  await importFile(lines(scoreRecords().filter(isUse)), { now: NOW, takenAs: "live" });
  const after = await db().alert.findFirstOrThrow({ where });
  expect(after).toMatchObject({ score: 50, frozenScore: 50 });
  expect(after.currentScore).toBe(Math.min(100, before.currentScore + 10));
  expect(after.usedAt).toEqual(new Date("2026-05-18T09:36:00Z"));
});
