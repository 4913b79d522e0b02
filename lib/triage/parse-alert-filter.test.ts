import { expect, test } from "vitest";
import { isFiltered, timeBounds } from "./alert-filter.ts";
import { parseAlertFilter } from "./parse-alert-filter.ts";

test("an empty URL asks for all alerts, the latest first", () => {
  const filter = parseAlertFilter({});
  expect(filter.sort).toBe("-time");
  expect(isFiltered(filter)).toBe(false);
});

test("one value, several, and values ruled out", () => {
  const filter = parseAlertFilter({ platform: "aws", severity: ["high", "!info"], operation: "!PutImage" });
  expect(filter.platform).toEqual([{ value: "aws", not: false }]);
  expect(filter.severity).toEqual([
    { value: "high", not: false },
    { value: "info", not: true },
  ]);
  expect(filter.operation).toEqual([{ value: "PutImage", not: true }]);
  expect(isFiltered(filter)).toBe(true);
});

test.for<[name: string, params: Record<string, string | string[]>]>([
  ["an unknown platform", { platform: "mars" }],
  ["an actor that is no id", { actor: "1; drop table alert" }],
  ["a count that is no number", { count: "NaN" }],
  ["a count of minus five", { count: "-5" }],
  ["a count of infinity", { count: "1e999" }],
  ["a time that is none", { from: "yesterday", to: "0000-13-40" }],
  ["an unknown range", { range: "100y" }],
  ["an empty text", { q: "   " }],
  ["a text of a book's length", { q: "x".repeat(100_000) }],
  ["an unknown order", { sort: "password" }],
  ["a parameter that nobody knows", { __proto__x: "1" }],
  ["nothing but an exclamation mark", { operation: "!" }],
])("%s is dropped", ([, params]) => {
  expect(parseAlertFilter(params)).toEqual(parseAlertFilter({}));
});

test("more values than anybody ticks are cut", () => {
  const operation = Array.from({ length: 1000 }, (_, at) => `Op${at}`);
  expect(parseAlertFilter({ operation }).operation).toHaveLength(50);
});

test("a range moves with the clock and wins over fixed times", () => {
  const now = new Date("2026-03-04T12:00:00Z");
  const filter = parseAlertFilter({ range: "24h", from: "2020-01-01T00:00:00Z" });
  expect(timeBounds(filter, now)).toEqual({ from: new Date("2026-03-03T12:00:00Z"), to: undefined });
  const fixed = parseAlertFilter({ from: "2020-01-01T00:00:00+02:00" });
  expect(timeBounds(fixed, now).from?.toISOString()).toBe("2019-12-31T22:00:00.000Z");
});
