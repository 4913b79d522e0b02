import fc from "fast-check";
import { expect, test } from "vitest";
import { backfillWindows, halves, nextWindow, retryDelayMs, type Span } from "./window.ts";

const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const DAY_MS = 86_400_000;

test("the schedule asks up to two minutes ago, and for five minutes of what it had", () => {
  const watermark = new Date(at("24T12:00"));
  expect(nextWindow(watermark, new Date(at("24T12:07")))).toEqual({
    span: { from: at("24T11:55"), to: at("24T12:05") },
    isBehind: false,
  });
  expect(nextWindow(watermark, new Date(at("24T12:02")))).toEqual({ span: undefined, isBehind: false });
});

test("a schedule that is days behind catches up day by day", () => {
  expect(nextWindow(new Date(at("20T12:00")), new Date(at("24T12:00")))).toEqual({
    span: { from: at("20T11:55"), to: at("21T12:00") },
    isBehind: true,
  });
});

test("a backfill is cut at midnights, the newest first", () => {
  expect(backfillWindows({ from: at("21T18:00"), to: at("23T06:00") })).toEqual([
    { from: at("23T00:00"), to: at("23T06:00") },
    { from: at("22T00:00"), to: at("23T00:00") },
    { from: at("21T18:00"), to: at("22T00:00") },
  ]);
  expect(backfillWindows({ from: at("22T00:00"), to: at("23T00:00") })).toHaveLength(1);
  expect(backfillWindows({ from: at("22T00:00"), to: at("22T00:00") })).toEqual([]);
});

test("windows of any range join without a gap or an overlap", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 40 * DAY_MS }),
      (from, length) => {
        const windows = backfillWindows({ from, to: from + length });
        expect(joined([...windows].reverse())).toEqual({ from, to: from + length });
        for (const { from: start, to } of windows) expect(to - start).toBeLessThanOrEqual(DAY_MS);
      },
    ),
  );
});

test("halves hold what the whole holds, down to a second", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 2 * DAY_MS }),
      (from, length) => {
        const parts = halves({ from, to: from + length });
        if (length <= 1000) expect(parts).toBeUndefined();
        else expect(joined(parts ?? [])).toEqual({ from, to: from + length });
      },
    ),
  );
});

test("after each failure the wait is twice as long, up to half an hour", () => {
  expect([1, 2, 3, 4].map(retryDelayMs)).toEqual([5000, 10_000, 20_000, 40_000]);
  expect(retryDelayMs(0)).toBe(5000);
  expect(retryDelayMs(1000)).toBe(1_800_000);
});

function joined(spans: readonly Span[]): Span {
  for (const [index, { from, to }] of spans.entries()) {
    expect(to).toBeGreaterThan(from);
    if (index > 0) expect(from).toBe(spans[index - 1]?.to);
  }
  return { from: spans[0]?.from ?? Number.NaN, to: spans.at(-1)?.to ?? Number.NaN };
}
