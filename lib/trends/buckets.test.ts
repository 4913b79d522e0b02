import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketsOf, coarsen, MOST_BUCKETS, STEPS, type Step, usualStep } from "./buckets.ts";
import { dayAt, dayOf, dayText, startOfDay } from "./calendar.ts";

const HOUR_MS = 3_600_000;
const iso = (time: number | undefined) => new Date(time ?? Number.NaN).toISOString().replace(":00.000Z", "Z");
const hours = ({ from, to }: { from: number; to: number }) => (to - from) / HOUR_MS;

test.for<[day: string, zone: string, start: string, hours: number]>([
  ["2026-03-29", "UTC", "2026-03-29T00:00Z", 24],
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00Z", 23],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00Z", 25],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00Z", 25],
  ["2026-06-01", "Asia/Kolkata", "2026-05-31T18:30Z", 24],
  ["2026-06-01", "Asia/Kathmandu", "2026-05-31T18:15Z", 24],
  ["2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00Z", 24.5],
  ["2026-10-04", "Australia/Lord_Howe", "2026-10-03T13:30Z", 23.5],
  // Clocks went from midnight to one o'clock, and from midnight back to eleven.
  ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00Z", 23],
  ["2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00Z", 25],
  // Samoa crossed the date line and never had this day.
  ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00Z", 0],
  ["1969-12-31", "UTC", "1969-12-31T00:00Z", 24],
])("%s in %s begins at %s and lasts %d hours", ([text, zone, start, long]) => {
  const day = dayOf(text);
  expect(dayText(day)).toBe(text);
  expect(iso(startOfDay(day, zone))).toBe(start);
  expect((startOfDay(day + 1, zone) - startOfDay(day, zone)) / HOUR_MS).toBe(long);
  if (long > 0)
    expect([dayAt(startOfDay(day, zone), zone), dayAt(startOfDay(day, zone) - 1, zone)]).toEqual([
      day,
      day - 1,
    ]);
});

describe("buckets", () => {
  const cut = (from: string, to: string, step: Step, zone: string) =>
    bucketsOf(dayOf(from), dayOf(to), step, zone);

  test("hours of a day on which clocks go back are 25, and all as long", () => {
    const buckets = cut("2026-10-25", "2026-10-25", "hour", "Europe/Berlin");
    expect(buckets).toHaveLength(25);
    expect(new Set(buckets.map(hours))).toEqual(new Set([1]));
  });
  test("hours begin with the day in a half-hour zone", () => {
    expect(iso(cut("2026-06-01", "2026-06-01", "hour", "Asia/Kolkata")[0]?.from)).toBe("2026-05-31T18:30Z");
  });
  test("the last hour of a day that is half an hour short is half an hour", () => {
    expect(
      hours(cut("2026-10-04", "2026-10-04", "hour", "Australia/Lord_Howe").at(-1) ?? { from: 0, to: 0 }),
    ).toBe(0.5);
  });
  test("weeks begin on Monday, the first and the last as the period does", () => {
    const buckets = cut("2026-03-04", "2026-03-18", "week", "UTC");
    expect(buckets.map(({ from }) => iso(from))).toEqual([
      "2026-03-04T00:00Z",
      "2026-03-09T00:00Z",
      "2026-03-16T00:00Z",
    ]);
    expect(iso(buckets.at(-1)?.to)).toBe("2026-03-19T00:00Z");
  });
  test("months and years begin on their first day", () => {
    expect(cut("2026-01-15", "2026-03-02", "month", "Europe/Berlin").map(({ from }) => iso(from))).toEqual([
      "2026-01-14T23:00Z",
      "2026-01-31T23:00Z",
      "2026-02-28T23:00Z",
    ]);
    expect(cut("2024-12-31", "2026-01-01", "year", "UTC").map(hours)).toEqual([24, 365 * 24, 24]);
  });
  test("a day that never was is no bucket", () => {
    expect(cut("2011-12-29", "2011-12-31", "day", "Pacific/Apia")).toHaveLength(2);
  });

  test("cover their days without a gap, each in its place, and are never too many", () => {
    const zones = [
      "UTC",
      "Asia/Kolkata",
      "America/Sao_Paulo",
      "Europe/London",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 1, max: 8_000 }),
        fc.constantFrom(...STEPS),
        fc.constantFrom(...zones),
        (first, days, asked, zone) => {
          const step = coarsen(asked, days);
          const buckets = bucketsOf(first, first + days - 1, step, zone);
          expect(buckets.length).toBeLessThanOrEqual(MOST_BUCKETS);
          expect(buckets[0]?.from).toBe(startOfDay(first, zone));
          expect(buckets.at(-1)?.to).toBe(startOfDay(first + days, zone));
          for (const [at, { from, to }] of buckets.entries()) {
            expect(to).toBeGreaterThan(from);
            expect(buckets[at + 1]?.from ?? to).toBe(to);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test.for<[days: number, step: Step]>([
  [1, "hour"],
  [7, "day"],
  [90, "day"],
  [365, "week"],
  [730, "week"],
  [10_000, "month"],
  [40_000, "year"],
])("%d days are shown by %s", ([days, step]) => {
  expect(usualStep(days)).toBe(step);
});

test.for<[asked: Step, days: number, step: Step]>([
  ["hour", 14, "hour"],
  ["hour", 15, "day"],
  ["hour", 100_000, "year"],
  ["day", 730, "day"],
  ["day", 900, "week"],
  ["week", 10, "week"],
  ["year", 1, "year"],
])("%s of %d days becomes %s", ([asked, days, step]) => {
  expect(coarsen(asked, days)).toBe(step);
});
