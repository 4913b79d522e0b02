import { describe, expect, test } from "vitest";
import { barsOf, barWords } from "./preview-days.ts";

const day = (text: string, suppressed: number) => ({ day: text, suppressed, brokeThrough: 1, outside: 0 });

describe("bars by day", () => {
  test("days without any are there, and empty", () => {
    const bars = barsOf([day("2026-02-27", 2), day("2026-03-02", 3)], 60);
    expect(bars.map(({ from, to, suppressed }) => [from, to, suppressed])).toEqual([
      ["2026-02-27", "2026-02-27", 2],
      ["2026-02-28", "2026-02-28", 0],
      ["2026-03-01", "2026-03-01", 0],
      ["2026-03-02", "2026-03-02", 3],
    ]);
  });

  test("too many days share bars, and nothing is lost", () => {
    const days = Array.from({ length: 100 }, (_, index) =>
      day(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), index),
    );
    const bars = barsOf(days, 30);
    expect(bars).toHaveLength(25);
    expect(bars.reduce((sum, { suppressed }) => sum + suppressed, 0)).toBe(4950);
    expect(bars.at(-1)).toMatchObject({ from: "2026-04-07", to: "2026-04-10", brokeThrough: 4 });
  });

  test("nothing makes no bars", () => {
    expect(barsOf([], 30)).toEqual([]);
  });
});

test.for([
  ["2026-11-24", "2026-11-24", "24 Nov 2026"],
  ["2026-11-24", "2026-11-27", "24–27 Nov 2026"],
] as const)("%s to %s is %s", ([from, to, words]) => {
  expect(barWords({ from, to })).toBe(words);
});
