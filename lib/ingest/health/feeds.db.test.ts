import { describe, expect, test } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import type { TakenAs } from "../import.ts";
import { runImport } from "../jobs/run-import.ts";
import { somebody } from "../testing/allowlist.ts";
import { deliver } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { expectOf, tendFeeds } from "./commands.ts";
import { hourIndex } from "./hour.ts";
import { countRejected, listFeeds, listFeedsInTrouble, listRejecting, listSourceDays } from "./queries.ts";
import { rateOf } from "./rate.ts";

const NOW = new Date("2026-11-24T12:30:00Z");
const CONNECTION = "0190a000-0000-7000-8000-000000000001";
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

ownStore();

let made = 0;
const record = (at: Date, recipientAccountId = "111122223333"): JsonObject =>
  cloudTrailRecord({ eventID: `event-${made++}`, eventTime: at.toISOString(), recipientAccountId });

type Pull = { now?: Date; takenAs?: TakenAs; connection?: string | null };

/** What a connection pulled, read to its end. */
async function pull(records: readonly (JsonObject | string)[], { now = NOW, ...options }: Pull = {}) {
  const lines = records.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  const id = await deliver(lines.join("\n"), { takenAs: options.takenAs ?? "auto" });
  const { connection = CONNECTION } = options;
  await db().import.update({ where: { id }, data: { kind: "sumo", connectionId: connection } });
  await runImport(id, () => now, new AbortController().signal);
  return id;
}

/** What is kept of hours, by account. */
async function hours() {
  const { rows } = await pool().query(
    `select account, to_char(hour at time zone 'UTC', 'DD HH24') as hour, events, minutes::text::bigint::bit(60)::text as minutes,
       (select sum(count)::int from unnest(lags) as count) as late
     from feed_hour join feed on feed.id = feed_id order by account, hour`,
  );
  return rows.map(({ minutes, ...row }) => ({
    ...row,
    minutes: [...minutes].reverse().flatMap((bit: string, at: number) => (bit === "1" ? [at] : [])),
  }));
}

describe("what is counted of a delivery", () => {
  test("is what happened in each hour by account, and what arrived", async () => {
    await pull([
      record(ago(10)),
      record(ago(10)),
      record(ago(40)),
      record(ago(20), "999988887777"),
      "rubbish",
    ]);
    expect(await hours()).toEqual([
      { account: "111122223333", hour: "24 11", events: 1, minutes: [50], late: null },
      { account: "111122223333", hour: "24 12", events: 2, minutes: [20], late: 3 },
      { account: "999988887777", hour: "24 12", events: 1, minutes: [10], late: 1 },
    ]);
    const { rows } = await listFeeds(NOW, 10);
    expect(
      rows.map(({ account, lastEventAt, lastArrivalAt, state }) => [
        account,
        lastEventAt,
        lastArrivalAt,
        state,
      ]),
    ).toEqual([
      ["111122223333", ago(10), NOW, "new"],
      ["999988887777", ago(20), NOW, "new"],
    ]);
    expect(await listSourceDays(NOW)).toMatchObject([
      { source: { kind: "sumo", key: CONNECTION }, records: 5, rejected: 1, lastAt: NOW },
    ]);
  });

  test("is the same in two batches, and however often a record comes", async () => {
    const records = [record(ago(10)), record(ago(70)), record(ago(70))];
    await pull(records.slice(0, 2));
    await pull(records.slice(1));
    await pull(records, { now: new Date(NOW.getTime() + 60_000) });
    expect(await hours()).toEqual([
      { account: "111122223333", hour: "24 11", events: 2, minutes: [20], late: null },
      { account: "111122223333", hour: "24 12", events: 1, minutes: [20], late: 3 },
    ]);
  });

  test("is not counted again by a run that goes on after one that died", async () => {
    const id = await pull([record(ago(10)), record(ago(11))]);
    const before = [await hours(), await listSourceDays(NOW)];
    await db().import.update({ where: { id }, data: { state: "running" } });
    await runImport(id, () => NOW, new AbortController().signal);
    expect([await hours(), await listSourceDays(NOW)]).toEqual(before);
  });

  test.for<[name: string, pull: Pull, at: Date]>([
    ["as history", { takenAs: "history" }, ago(5)],
    ["by age, but long past", {}, ago(60 * 24 * 8)],
    ["with a clock that is ahead", {}, ago(-60)],
  ])("delivered %s makes nothing look alive", async ([, options, at]) => {
    await pull([record(ago(300))], { now: ago(290) });
    await pull([record(at)], options);
    const { rows } = await listFeeds(NOW, 10);
    expect(rows).toMatchObject([{ lastEventAt: ago(300), lastArrivalAt: ago(290) }]);
  });

  test("fetched for somebody beside the feeds is nothing", async () => {
    await pull([record(ago(10)), "rubbish"], { connection: null });
    expect((await listFeeds(NOW, 10)).all).toBe(0);
    expect(await listSourceDays(NOW)).toEqual([]);
  });
});

/** Something each half hour of the last ten days, until so many minutes ago; it came at once. */
async function halfHourly(until: number) {
  const times = Array.from({ length: 480 }, (_, at) => ago(30 * at + 1)).filter((time) => time <= ago(until));
  await pull(
    times.map((time) => record(time)),
    { takenAs: "history", now: ago(until) },
  );
  await pull([record(ago(until))], { now: ago(until) });
}

test("a feed learns how long it is silent, is silent when it is so for longer, and stays so", async () => {
  await halfHourly(200);
  await tendFeeds(NOW);
  const { rows } = await listFeeds(NOW, 10);
  expect(rows).toMatchObject([{ learntMinutes: 40, state: "silent" }]);
  expect(await listFeedsInTrouble(NOW)).toEqual([{ kind: "sumo", key: CONNECTION }]);
  expect(await listFeedsInTrouble(ago(170))).toEqual([]);
  const months = new Date(NOW.getTime() + 60 * 86_400_000);
  await tendFeeds(months);
  expect((await listFeeds(months, 10)).rows).toMatchObject([
    { learntMinutes: 40, state: "silent", hours: [] },
  ]);
});

test("a feed's rate is told with what is usual", async () => {
  await halfHourly(5);
  const [feed] = (await listFeeds(NOW, 10)).rows;
  // Of the ten days before this Tuesday the last six weekdays are known whole.
  expect(feed && rateOf(feed, NOW)).toMatchObject({ events: 2, usual: 2 });
  expect(
    feed?.hours.filter(({ index }) => index <= hourIndex(NOW) - 24 * 7).map(({ index }) => index % 24),
  ).toEqual([11, 11, 11]);
});

test("an admin says what is expected, unless somebody has said so meanwhile", async () => {
  await halfHourly(200);
  await tendFeeds(NOW);
  const admin = await somebody("admin", "Ada");
  const [feed] = (await listFeeds(NOW, 10)).rows;
  const seen = { id: feed?.id ?? "", revision: feed?.revision ?? 0 };
  expect(await expectOf(seen, { expects: "set", minutes: 240 }, admin, NOW)).toMatchObject({ ok: true });
  expect(await listFeedsInTrouble(NOW)).toEqual([]);
  expect((await listFeeds(NOW, 10)).rows).toMatchObject([{ state: "ok", changedByName: "Ada" }]);
  expect(await expectOf(seen, { expects: "never" }, admin, NOW)).toEqual({
    ok: false,
    reason: { kind: "changed-meanwhile", by: "Ada", at: NOW },
  });
  const gone = { ...seen, id: CONNECTION };
  expect(await expectOf(gone, { expects: "never" }, admin, NOW)).toMatchObject({ reason: { kind: "gone" } });
});

test("feeds and what came are told of one source alone, too", async () => {
  const other = "0190a000-0000-7000-8000-000000000002";
  await pull([record(ago(1))]);
  await pull([record(ago(2))], { connection: other });
  const source = { kind: "sumo", key: other } as const;
  expect((await listFeeds(NOW, 10)).all).toBe(2);
  expect(await listFeeds(NOW, 10, source)).toMatchObject({ all: 1, rows: [{ source, lastEventAt: ago(2) }] });
  expect(await listSourceDays(NOW, source)).toMatchObject([{ source, records: 1 }]);
});

test("a source of which much is rejected is told for a day", async () => {
  await pull([record(ago(1)), "rubbish", "more rubbish"]);
  expect(await listRejecting(NOW)).toEqual([{ kind: "sumo", key: CONNECTION }]);
  expect(await countRejected(NOW)).toBe(2);
  const tomorrow = new Date(NOW.getTime() + 86_400_000);
  expect(await listRejecting(tomorrow)).toEqual([]);
  expect(await countRejected(tomorrow)).toBe(0);
});

test("so many accounts are told apart and no more", async () => {
  const accounts = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => record(ago(5), String(from + at).padStart(12, "0")));
  await pull(accounts(0, 990));
  await pull(accounts(980, 60));
  await pull([...accounts(0, 1), ...accounts(2000, 5)]);
  expect((await listFeeds(NOW, 10)).all).toBe(1000);
});
