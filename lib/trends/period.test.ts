import { expect, test } from "vitest";
import { dayText } from "./calendar.ts";
import { parseTrendsFilter } from "./parse-trends-filter.ts";
import { type PeriodNote, periodOf } from "./period.ts";

const NOW = new Date("2026-03-31T20:00:00Z");
type Params = Record<string, string | string[]>;
const parse = (params: Params) => parseTrendsFilter(params, { personId: "p", zone: "Asia/Kolkata" });
const resolve = (params: Params) => periodOf(parse(params), NOW);
const iso = (time: number) => new Date(time).toISOString();

test("without a word the last 30 days, today among them, in the reader's zone", () => {
  const period = resolve({});
  // It is the first of April in Kolkata.
  expect([dayText(period.firstDay), dayText(period.lastDay)]).toEqual(["2026-03-03", "2026-04-01"]);
  expect([iso(period.from), iso(period.to)]).toEqual([
    "2026-03-02T18:30:00.000Z",
    "2026-04-01T18:30:00.000Z",
  ]);
  expect(period.step).toBe("day");
  expect(period.notes).toEqual([]);
});

test("a period that is not over is compared with as much of the one before", () => {
  const { before } = resolve({ period: "7d" });
  expect([iso(before.from), iso(before.to)]).toEqual([
    "2026-03-18T18:30:00.000Z",
    "2026-03-24T20:00:00.000Z",
  ]);
});

test("a period that is over is compared with as many days just before", () => {
  const { before, days } = resolve({ from: "2026-03-24", to: "2026-03-30", zone: "Europe/Berlin" });
  expect(days).toBe(7);
  expect([iso(before.from), iso(before.to)]).toEqual([
    "2026-03-16T23:00:00.000Z",
    "2026-03-23T23:00:00.000Z",
  ]);
});

test.for<[params: Params, first: string, last: string, notes: PeriodNote[]]>([
  [{ from: "2026-03-10" }, "2026-03-10", "2026-04-01", []],
  [{ to: "2026-03-10", period: "7d" }, "2026-03-04", "2026-03-10", []],
  [{ from: "2026-05-01" }, "2026-05-01", "2026-05-01", []],
  [{ from: "2026-03-20", to: "2026-03-10" }, "2026-03-10", "2026-03-20", ["reversed"]],
  [{ from: "0000-01-01", to: "2026-01-01" }, "1970-01-01", "2026-01-01", ["shortened"]],
  [{ from: "0001-01-01", to: "0001-12-31" }, "1970-01-01", "1970-01-01", ["shortened"]],
  [{ from: "9999-12-31", to: "0000-01-01" }, "1970-01-01", "2099-12-31", ["reversed", "shortened"]],
  [{ from: "2026-01-01", to: "2026-03-01", by: "hour" }, "2026-01-01", "2026-03-01", ["coarser"]],
  [{ from: "yesterday", to: "2026-13-40", by: "minute" }, "2026-03-03", "2026-04-01", []],
])("%j is from %s to %s", ([params, first, last, notes]) => {
  const period = resolve(params);
  expect([dayText(period.firstDay), dayText(period.lastDay)]).toEqual([first, last]);
  expect(period.notes).toEqual(notes);
  expect(period.buckets.length).toBeGreaterThan(0);
  expect(period.before.to).toBeGreaterThan(period.before.from);
});

test.for<[name: string, params: Params]>([
  ["an unknown period", { period: "3 weeks" }],
  ["an unknown stack", { stack: "colour" }],
  ["two zones", { zone: ["UTC", "Europe/Berlin"] }],
  [
    "a list, an order and times of the list of alerts",
    { queue: "mine", sort: "count", range: "24h", timing: "closed" },
  ],
  ["a time where a date belongs", { from: "2026-03-01T00:00:00Z" }],
])("%s is dropped", ([, params]) => {
  expect(parse(params)).toEqual(parse({}));
});

test("a zone that does not exist is told, and the reader's stands in for it", () => {
  expect(parse({ zone: "Mars/Base" })).toMatchObject({ zone: "Asia/Kolkata", unknownZone: "Mars/Base" });
  expect(parse({ zone: "x".repeat(4000) }).unknownZone).toHaveLength(100);
  expect(parse({ zone: "Europe/Berlin" })).toMatchObject({ zone: "Europe/Berlin", unknownZone: undefined });
});

test("the filters of the list of alerts are read as there", () => {
  expect(parse({ platform: "aws", verdict: "!duplicate" }).alerts).toMatchObject({
    queue: "all",
    platform: [{ value: "aws", not: false }],
    verdict: [{ value: "duplicate", not: true }],
  });
});
