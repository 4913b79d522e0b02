import { expect, test } from "vitest";
import { parseTrendsFilter } from "#lib/trends/parse-trends-filter.ts";
import { trendsHref, unfilteredHref } from "./search-params.ts";

const parse = (params: Record<string, string | string[]>) =>
  parseTrendsFilter(params, { personId: "e0000000-0000-4000-8000-000000000001", zone: "UTC" });

test.for<[params: Record<string, string | string[]>, href: string]>([
  [{}, "/trends"],
  [{ period: "30d", stack: "severity", zone: "UTC" }, "/trends"],
  [{ period: "1y", by: "week", stack: "rule" }, "/trends?period=1y&by=week&stack=rule"],
  [
    { from: "2026-03-01", to: "2026-03-09", zone: "Asia/Kolkata" },
    "/trends?from=2026-03-01&to=2026-03-09&zone=Asia%2FKolkata",
  ],
  [
    { platform: ["aws", "!azure"], q: "a & b", count: "3" },
    "/trends?platform=aws&platform=%21azure&q=a+%26+b&count=3",
  ],
  [{ table: ["lag", "nothing", "volume", "lag"], by: "day" }, "/trends?by=day&table=volume&table=lag"],
  [{ queue: "mine", range: "24h", sort: "count" }, "/trends"],
])("%j is written %s, and read the same again", ([params, href]) => {
  const filter = parse(params);
  expect(trendsHref(filter)).toBe(href);
  const query = new URLSearchParams(href.split("?")[1]);
  const read = Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  const flat = Object.fromEntries(
    Object.entries(read).map(([key, values]) => [key, values.length === 1 ? (values[0] as string) : values]),
  );
  expect(parse(flat)).toEqual(filter);
});

test("a named period takes the place of dates, and what narrows stays", () => {
  const filter = parse({ from: "2026-03-01", to: "2026-03-09", platform: "aws" });
  expect(trendsHref(filter, { period: "90d" })).toBe("/trends?platform=aws&period=90d");
  expect(trendsHref(filter, { alerts: { choice: { key: "platform", value: "aws", set: "remove" } } })).toBe(
    "/trends?from=2026-03-01&to=2026-03-09",
  );
  expect(unfilteredHref(filter)).toBe("/trends?from=2026-03-01&to=2026-03-09");
});

test("numbers that are shown stay while the time moves, and are put away by name", () => {
  const filter = parse({ table: ["volume", "close"] });
  expect(trendsHref(filter, { period: "1y" })).toBe("/trends?period=1y&table=volume&table=close");
  expect(trendsHref(filter, { tables: ["close"] })).toBe("/trends?table=close");
});
