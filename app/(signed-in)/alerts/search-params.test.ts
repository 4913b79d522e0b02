import { expect, test } from "vitest";
import { parseAlertFilter } from "#lib/triage/parse-alert-filter.ts";
import { alertsHref, alertsQuery, type Change } from "./search-params.ts";

const PARAMS = {
  platform: "aws",
  severity: ["high", "!info"],
  operation: "100%+&=?#",
  q: "a & b",
  count: "3",
  from: "2026-03-01T00:00:00.000Z",
  sort: "-severity",
};

test("a filter written to a URL and read again is the same", () => {
  const filter = parseAlertFilter(PARAMS);
  const query = alertsQuery(filter);
  const read = Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  const single = ["q", "count", "from", "sort"];
  const flat = Object.fromEntries(
    Object.entries(read).map(([key, values]) => [key, single.includes(key) ? (values[0] as string) : values]),
  );
  expect(parseAlertFilter(flat)).toEqual(filter);
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
  ["an order", { sort: "count" }, "/alerts?platform=aws&sort=count"],
])("with %s", ([, change, expected]) => {
  expect(alertsHref(parseAlertFilter({ platform: "aws" }), change)).toBe(expected);
});
