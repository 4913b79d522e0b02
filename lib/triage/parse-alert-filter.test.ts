import { expect, test } from "vitest";
import { timeBounds } from "#lib/choice.ts";
import { isFiltered, leavesOutInfo } from "./alert-filter.ts";
import { parseAlertFilter } from "./parse-alert-filter.ts";

const PERSON = "e0000000-0000-4000-8000-000000000001";
const parse = (params: Record<string, string | string[]>) => parseAlertFilter(params, PERSON);

test("an empty URL asks for the open alerts above information, the latest first", () => {
  const filter = parse({});
  expect(filter).toMatchObject({ queue: "open", sort: "-time", personId: PERSON });
  expect(leavesOutInfo(filter)).toBe(true);
  expect(isFiltered(filter)).toBe(false);
});

test.for<[params: Record<string, string | string[]>, leavesOut: boolean]>([
  [{ severity: "high" }, true],
  [{ severity: "!info" }, true],
  [{ severity: ["high", "info"] }, false],
  [{ queue: "mine" }, false],
  [{ queue: "all" }, false],
])("%j leaves out information: %s", ([params, leavesOut]) => {
  expect(leavesOutInfo(parse(params))).toBe(leavesOut);
});

test.for(["open", "mine", "suppressed", "history", "closed", "all"])(
  "the list %s is not a filter",
  (queue) => {
    const filter = parse({ queue });
    expect(filter.queue).toBe(queue);
    expect(isFiltered(filter)).toBe(false);
  },
);

test("what people decided can be asked for", () => {
  const filter = parse({
    status: "waiting",
    verdict: "!duplicate",
    assignee: PERSON,
    entry: PERSON,
    signal: "new-network",
  });
  expect(filter).toMatchObject({
    status: [{ value: "waiting", not: false }],
    verdict: [{ value: "duplicate", not: true }],
    assignee: [{ value: PERSON, not: false }],
    entry: [{ value: PERSON, not: false }],
    signal: [{ value: "new-network", not: false }],
  });
  expect(isFiltered(filter)).toBe(true);
});

test("one value, several, and values ruled out", () => {
  const filter = parse({ platform: "aws", severity: ["high", "!info"], operation: "!PutImage" });
  expect(filter.platform).toEqual([{ value: "aws", not: false }]);
  expect(filter.severity).toEqual([
    { value: "high", not: false },
    { value: "info", not: true },
  ]);
  expect(filter.operation).toEqual([{ value: "PutImage", not: true }]);
  expect(isFiltered(filter)).toBe(true);
});

test.for<[name: string, params: Record<string, string | string[]>]>([
  ["an unknown list", { queue: "theirs" }],
  ["two lists at once", { queue: ["open", "closed"] }],
  ["an unknown status", { status: "burning" }],
  ["an unknown verdict", { verdict: "guilty" }],
  ["an assignee that is no id", { assignee: "me" }],
  ["an entry that is no id", { entry: "ALW-12" }],
  ["an unknown signal", { signal: "smoke" }],
  ["an unknown platform", { platform: "mars" }],
  ["an actor that is no id", { actor: "1; drop table alert" }],
  ["a count that is no number", { count: "NaN" }],
  ["a count of minus five", { count: "-5" }],
  ["a count of infinity", { count: "1e999" }],
  ["a time that is none", { from: "yesterday", to: "0000-13-40" }],
  ["a time before the first year", { from: "0000-06-01T00:00:00Z", to: "0001-01-01T00:00:00+14:00" }],
  ["an unknown range", { range: "100y" }],
  ["an unknown timing", { timing: "slow" }],
  ["a time of being visible that is none", { visibleFrom: "soon", visibleTo: ["2026-03-01T00:00:00Z"] }],
  ["an empty text", { q: "   " }],
  ["a text of a book's length", { q: "x".repeat(100_000) }],
  ["a text that no database stores", { q: "a\0b", account: "!a\0b" }],
  ["an unknown order", { sort: "password" }],
  ["a parameter that nobody knows", { __proto__x: "1" }],
  ["nothing but an exclamation mark", { operation: "!" }],
])("%s is dropped", ([, params]) => {
  expect(parse(params)).toEqual(parse({}));
});

test("more values than anybody ticks are cut", () => {
  const operation = Array.from({ length: 1000 }, (_, at) => `Op${at}`);
  expect(parse({ operation }).operation).toHaveLength(50);
});

test("a range moves with the clock and wins over fixed times", () => {
  const now = new Date("2026-03-04T12:00:00Z");
  const filter = parse({ range: "24h", from: "2020-01-01T00:00:00Z" });
  expect(timeBounds(filter, now)).toEqual({ from: new Date("2026-03-03T12:00:00Z"), to: undefined });
  const fixed = parse({ from: "2020-01-01T00:00:00+02:00" });
  expect(timeBounds(fixed, now).from?.toISOString()).toBe("2019-12-31T22:00:00.000Z");
});
