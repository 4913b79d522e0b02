import { expect, test } from "vitest";
import { parseTrendsFilter } from "../parse-trends-filter.ts";
import { periodOf } from "../period.ts";
import { countedMonths } from "./counted-months.ts";

const NOW = new Date("2026-03-31T12:00:00Z");
const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

function counted(params: Record<string, string>) {
  const filter = parseTrendsFilter(params, { personId: "", zone: "UTC" });
  const { years, pieces } = countedMonths(filter.alerts, periodOf(filter, NOW));
  const time = (at: number) => new Date(at).toISOString().slice(0, 16);
  return { years, pieces: pieces.map(({ from, to }) => `${time(from)} ${time(to)}`) };
}

test("whole months come from the years, the others from alerts", () => {
  expect(counted({ from: "2024-01-01", to: "2025-12-31" })).toEqual({
    years: [
      { years: [2022, 2023], now: [], before: ALL },
      { years: [2024, 2025], now: ALL, before: [] },
    ],
    // As many days before begin a day earlier, because one of the years has one more.
    pieces: ["2021-12-31T00:00 2022-01-01T00:00"],
  });
});

test("each border of another zone cuts a month, and the months on its sides stay apart", () => {
  const { years, pieces } = counted({ from: "2025-07-01", to: "2026-01-31", zone: "Asia/Kolkata" });
  expect(pieces).toEqual([
    "2024-11-27T18:30 2024-12-01T00:00",
    "2025-06-01T00:00 2025-07-01T00:00",
    "2026-01-01T00:00 2026-01-31T18:30",
  ]);
  expect(years).toEqual([
    { years: [2024], now: [], before: [11] },
    { years: [2025], now: [6, 7, 8, 9, 10, 11], before: [0, 1, 2, 3, 4] },
  ]);
});

test.for([
  ["of a severity", { severity: "high" }],
  ["of a text", { q: "registry" }],
  ["of a few days", { from: "2025-12-20" }],
] as const)("all alerts are read where the years cannot answer: %s", ([, params]) => {
  const { years, pieces } = counted({ from: "2024-01-01", to: "2025-12-31", ...params });
  expect(years).toEqual([]);
  expect(pieces).toHaveLength(1);
});

test("what a platform and rules ask for, the years know", () => {
  expect(
    counted({ from: "2024-01-01", to: "2025-12-31", platform: "aws", rule: "ecr-push" }).years,
  ).toHaveLength(2);
});
