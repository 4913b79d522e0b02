import { expect, test } from "vitest";
import { parseAlertFilter } from "#lib/triage/parse-alert-filter.ts";
import { alertsHref, alertsQuery, type Change, unfilteredHref } from "./search-params.ts";

const parse = (params: Record<string, string | string[]>) =>
  parseAlertFilter(params, "e0000000-0000-4000-8000-000000000001");

const PARAMS = {
  queue: "closed",
  verdict: "!duplicate",
  platform: "aws",
  severity: ["high", "!info"],
  operation: "100%+&=?#",
  q: "a & b",
  count: "3",
  from: "2026-03-01T00:00:00.000Z",
  timing: "unclosed",
  visibleFrom: "2026-03-02T00:00:00.000Z",
  visibleTo: "2026-03-03T00:00:00.000Z",
  sort: "-severity",
};

test("a filter written to a URL and read again is the same", () => {
  const filter = parse(PARAMS);
  const query = alertsQuery(filter);
  const read = Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  const single = ["queue", "q", "count", "from", "timing", "visibleFrom", "visibleTo", "sort"];
  const flat = Object.fromEntries(
    Object.entries(read).map(([key, values]) => [key, single.includes(key) ? (values[0] as string) : values]),
  );
  expect(parse(flat)).toEqual(filter);
});

test.for<[name: string, change: Change, expected: string]>([
  ["nothing", {}, "/alerts?platform=aws"],
  [
    "another value",
    { choice: { key: "platform", value: "azure", set: "include" } },
    "/alerts?platform=aws&platform=azure",
  ],
  ["only another", { choice: { key: "platform", value: "azure", set: "only" } }, "/alerts?platform=azure"],
  ["ruled out", { choice: { key: "platform", value: "aws", set: "exclude" } }, "/alerts?platform=%21aws"],
  ["taken away", { choice: { key: "platform", value: "aws", set: "remove" } }, "/alerts"],
  ["a text", { q: "x y" }, "/alerts?platform=aws&q=x+y"],
  ["another list", { queue: "mine" }, "/alerts?queue=mine&platform=aws"],
  ["the list that needs no word", { queue: "open" }, "/alerts?platform=aws"],
  ["an order", { sort: "count" }, "/alerts?platform=aws&sort=count"],
])("with %s", ([, change, expected]) => {
  expect(alertsHref(parse({ platform: "aws" }), change)).toBe(expected);
});

test("a change keeps the list, and so does taking all filters away", () => {
  const filter = parse({ queue: "closed", platform: "aws" });
  expect(alertsHref(filter, { q: "x" })).toBe("/alerts?queue=closed&platform=aws&q=x");
  expect(unfilteredHref(filter)).toBe("/alerts?queue=closed");
  expect(unfilteredHref(parse({ platform: "aws" }))).toBe("/alerts");
});
