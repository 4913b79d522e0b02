import { describe, expect, test } from "vitest";
import type { FeedStanding } from "#lib/ingest/health/queries.ts";
import type { SourceDay } from "#lib/ingest/health/source-day.ts";
import { dayWords, feedSentence, lengthWords, summaryWords } from "./feed-words.ts";
import { groupFeeds, type ShownFeed } from "./group-feeds.ts";
import { amountOf, minutesOf } from "./silence-amount.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const feed = (change: Partial<FeedStanding> = {}): FeedStanding => ({
  id: "feed",
  source: { kind: "sumo", key: "good" },
  logSource: "cloudtrail",
  account: "111122223333",
  firstAt: ago(180),
  lastEventAt: ago(14),
  lastArrivalAt: ago(5),
  expects: "learnt",
  setMinutes: null,
  learntMinutes: 40,
  state: "ok",
  revision: 0,
  changedByName: null,
  changedAt: null,
  lagSeconds: 240,
  mostLagSeconds: 900,
  hours: [],
  sinceIndex: null,
  ...change,
});

const day = (change: Partial<SourceDay> = {}): SourceDay => ({
  source: { kind: "sumo", key: "good" },
  records: 1204,
  rejected: 0,
  bytes: 1_800_000,
  lastAt: ago(5),
  ...change,
});

const STANDINGS = {
  connections: new Map([
    ["good", { name: "prod", state: "well" as const }],
    ["disabled", { name: "old", state: "disabled" as const }],
    ["bad", { name: "broken", state: "bad" as const }],
  ]),
  open: new Set(["shipper"]),
};

describe("a feed in a sentence", () => {
  test.for<[change: Partial<ShownFeed>, sentence: string]>([
    [{ state: "ok" }, "Last event 14 min ago, as expected: up to 40 min without one."],
    [{ state: "ok", expects: "never" }, "Last event 14 min ago; any silence is fine."],
    [{ state: "silent", lastEventAt: ago(185) }, "Silent for 3 h: at most 40 min is usual."],
    [
      { state: "silent", lastEventAt: ago(185), expects: "set", setMinutes: 60 },
      "Silent for 3 h: at most 1 h is allowed.",
    ],
    [
      { state: "silent", lastEventAt: null },
      "Known for 3 h, and nothing but history has come: at most 40 min is usual.",
    ],
    [
      { state: "late", lastEventAt: ago(185) },
      "What comes is late: the latest event is 3 h old, at most 40 min is usual.",
    ],
    [
      { state: "new", learntMinutes: null, lastEventAt: null },
      "Only history so far. Too little is known yet to say how long it is usually silent.",
    ],
    [{ state: "off" }, "Last event 14 min ago. Nothing is expected of what brings it."],
  ])("%j", ([change, sentence]) => {
    expect(feedSentence({ ...feed(), ...change }, NOW).replaceAll("\u00a0", " ")).toBe(sentence);
  });
});

test("what is wrong comes first, of groups and within them, and what is switched off last", () => {
  const feeds = [
    feed({ id: "off", source: { kind: "sumo", key: "disabled" }, state: "silent" }),
    feed({ id: "revoked", source: { kind: "api", key: "gone" }, state: "silent" }),
    feed({ id: "ok" }),
    feed({ id: "late", state: "late" }),
    feed({ id: "silent", source: { kind: "api", key: "shipper" }, state: "silent" }),
    feed({ id: "upload", source: { kind: "upload", key: "" } }),
  ];
  const groups = groupFeeds(
    feeds,
    [day({ source: { kind: "api", key: "rubbish" }, rejected: 1204 })],
    STANDINGS,
  );
  expect(groups.map(({ name, feeds: of }) => [name, ...of.map(({ id, state }) => `${id} ${state}`)])).toEqual(
    [
      ["shipper", "silent silent"],
      ["prod", "late late", "ok ok"],
      ["rubbish"],
      ["", "upload ok"],
      ["old", "off off"],
      ["gone", "revoked off"],
    ],
  );
  expect(summaryWords(groups, 6)).toBe(
    "1 silent and 1 late of 6 feeds. Much is rejected of what 1 source delivered.",
  );
  expect(summaryWords([], 1)).toBe("None of 1 feed is silent or late.");
});

test.for<[day: SourceDay | null, records: string, rejected: string | null]>([
  [null, "Nothing came in the last 24 hours", null],
  [day(), "1,204 records in the last 24 hours, 1.8 MB, none rejected", null],
  [day({ rejected: 12 }), "1,204 records in the last 24 hours, 1.8 MB", "12 rejected (1 %)"],
  [day({ rejected: 1 }), "1,204 records in the last 24 hours, 1.8 MB", "1 rejected (below 0.1 %)"],
])("a source's day: %j", ([given, records, rejected]) => {
  expect(dayWords(given)).toEqual({ records, rejected });
});

test.for<[minutes: number, words: string]>([
  [40, "40 min"],
  [115, "1 h 55 min"],
  [1440, "1 day"],
  [3030, "2 days 2 h 30 min"],
])("%s minutes are %s", ([minutes, words]) => {
  expect(lengthWords(minutes).replaceAll("\u00a0", " ")).toBe(words);
});

test.for<[minutes: number, text: string, unit: string]>([
  [45, "45", "minutes"],
  [90, "90", "minutes"],
  [120, "2", "hours"],
  [2880, "2", "days"],
])("%s minutes are %s %s, and back", ([minutes, text, unit]) => {
  expect(amountOf(minutes)).toEqual({ text, unit });
  expect(minutesOf(amountOf(minutes))).toBe(minutes);
});

test("what is no length of time is none", () => {
  expect(minutesOf({ text: "1.5", unit: "hours" })).toBe(90);
  for (const text of ["", "-1", "1e3", "two"]) expect(minutesOf({ text, unit: "days" })).toBeNaN();
});
