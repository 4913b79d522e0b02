import { describe, expect, test } from "vitest";
import { type Feed, feedState } from "./feed.ts";
import { activeMinutes, type FeedHour, HOUR_MS, hourIndex, MinuteSet } from "./hour.ts";
import { addLags, lagBucket, lagQuantile, noLags } from "./lag.ts";
import { learn } from "./learn.ts";
import { rateOf } from "./rate.ts";
import { isRejecting } from "./source-day.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const feed = (change: Partial<Feed>): Feed => ({
  id: "feed",
  source: { kind: "sumo", key: "connection" },
  logSource: "cloudtrail",
  account: "111122223333",
  firstAt: ago(60 * 24 * 30),
  lastEventAt: ago(14),
  lastArrivalAt: ago(5),
  expects: "learnt",
  setMinutes: null,
  learntMinutes: 40,
  ...change,
});

describe("the state of a feed", () => {
  test.for<[name: string, change: Partial<Feed>, state: string]>([
    ["with an event in the time that is expected is ok", {}, "ok"],
    ["to the minute is still ok", { lastEventAt: ago(40) }, "ok"],
    ["without any for longer is silent", { lastEventAt: ago(180), lastArrivalAt: ago(170) }, "silent"],
    ["that brings old events is late", { lastEventAt: ago(180), lastArrivalAt: ago(5) }, "late"],
    ["is what an admin says rather than what was learnt", { setMinutes: 10, expects: "set" }, "late"],
    ["is ok when nothing is ever expected", { lastEventAt: ago(1e6), expects: "never" }, "ok"],
    ["is new as long as nothing is learnt", { lastEventAt: ago(1e6), learntMinutes: null }, "new"],
    [
      "that brought history alone is silent since it is known",
      { lastEventAt: null, lastArrivalAt: null },
      "silent",
    ],
    [
      "of uploads is silent however lately somebody uploaded something old",
      { source: { kind: "upload", key: "" }, lastEventAt: ago(180), expects: "set", setMinutes: 60 },
      "silent",
    ],
  ])("%s", ([, change, state]) => {
    expect(feedState(feed(change), NOW)).toBe(state);
  });
});

test("minutes are gathered as bits, and read back in order", () => {
  const set = new MinuteSet();
  for (const minute of [59, 0, 29, 30, 30]) set.add(new Date(Date.UTC(2026, 0, 1, 5, minute, 59)));
  expect([...activeMinutes([{ index: 2, minutes: set.bits() }])]).toEqual([120, 149, 150, 179]);
});

describe("the lag within which a share came", () => {
  const lags = (...seconds: number[]) =>
    seconds.reduce((all, one) => {
      const counts = noLags();
      counts[lagBucket(one * 1000)] = 1;
      return addLags(all, counts);
    }, noLags());
  test.for<[name: string, lags: number[], share: number, seconds: number | null]>([
    ["is not known of nothing", noLags(), 0.5, null],
    ["of one is where its count ends or before", lags(200), 1, 300],
    ["of two is the end of the first's count", lags(50, 200), 0.5, 60],
    ["lies within a count", lags(200, 200, 200, 200), 0.5, 210],
    ["is a day at most", lags(1e7), 0.5, 86_400],
  ])("%s", ([, given, share, seconds]) => {
    expect(lagQuantile(given, share)).toBe(seconds);
  });
});

const FIRST = hourIndex(new Date("2026-10-27T00:00:00Z"));
/** Four weeks in whose hours something happens in the given minutes, or nothing where there are none. */
const weeks = (minutes: (hour: number, day: number) => number[], days = 28): FeedHour[] =>
  Array.from({ length: days * 24 }, (_, at) => {
    const set = new MinuteSet();
    const active = minutes(at % 24, Math.floor(at / 24));
    for (const minute of active) set.add(new Date(minute * 60_000));
    return { index: FIRST + at, events: active.length, minutes: set.bits() };
  }).filter(({ events }) => events > 0);

const LATE_MINUTES = [[0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0]];

describe("the silence that a feed teaches", () => {
  test.for<[name: string, hours: FeedHour[], minutes: number | null]>([
    ["is its usual pause and a quarter, and what nine of ten take to come", weeks(() => [0]), 85],
    ["is half an hour at least", weeks(() => [0, 10, 20, 30, 40, 50]), 30],
    ["spans the night", weeks((hour) => (hour < 8 ? [] : [0])), 685],
    ["spans the weekend", weeks((_, day) => (day % 7 < 2 ? [] : [0])), 3685],
    ["takes nothing from an outage", weeks((_, day) => (day === 12 || day === 13 ? [] : [0])), 85],
    ["is not known before a week", weeks(() => [0], 7), null],
    [
      "is not known of a feed that hardly says anything",
      weeks((hour, day) => (hour + day === 5 ? [0] : [])),
      null,
    ],
    ["is not known without history", [], null],
  ])("%s", ([, hours, minutes]) => {
    expect(learn(hours, LATE_MINUTES).learntMinutes).toBe(minutes);
  });
});

describe("the rate of a feed", () => {
  const hour = hourIndex(NOW) - 1;
  const daily = (events: (day: number) => number) =>
    Array.from({ length: 22 }, (_, at) => 21 - at).flatMap((day) => {
      const count = events(day);
      return count > 0 ? [{ index: hour - 24 * day, events: count, minutes: 1n }] : [];
    });
  test("is that of the last whole hour, beside the median of the same hour on days of the same kind", () => {
    // Of the 21 days before a Tuesday these lie on a weekend.
    const hours = daily((day) => ([2, 3, 9, 10, 16, 17].includes(day) ? 900 : day === 0 ? 7 : 100 + day));
    expect(rateOf({ hours, sinceIndex: hour - 24 * 21, mostLagSeconds: 0 }, NOW)).toEqual({
      events: 7,
      hour: new Date(hour * HOUR_MS),
      usual: 112,
    });
  });
  test("is of the hour of which about everything has come", () => {
    const hours = [
      { index: hour - 1, events: 30, minutes: 1n },
      { index: hour, events: 2, minutes: 1n },
    ];
    expect(rateOf({ hours, sinceIndex: hour - 1, mostLagSeconds: 900 }, NOW)).toMatchObject({
      events: 30,
      usual: null,
    });
  });
});

test.for<[name: string, kind: "sumo" | "upload", records: number, rejected: number, is: boolean]>([
  ["one in a hundred of many is too many", "sumo", 1000, 10, true],
  ["fewer are not", "sumo", 1001, 10, false],
  ["few of few are too many", "sumo", 10, 1, true],
  ["few of many are not", "sumo", 200, 9, false],
  ["none is none", "sumo", 0, 0, false],
  ["an upload says it itself", "upload", 10, 10, false],
])("%s", ([, kind, records, rejected, is]) => {
  const day = { source: { kind, key: "" }, records, rejected, bytes: 0, lastAt: NOW };
  expect(isRejecting(day)).toBe(is);
});
