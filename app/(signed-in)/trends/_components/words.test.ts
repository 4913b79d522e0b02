import { describe, expect, test } from "vitest";
import type { Step } from "#lib/trends/buckets.ts";
import { bucketWriter } from "./bucket-words.ts";
import { changeWords, durationWords, shareWords } from "./words.ts";

test.for<[seconds: number | null, words: string]>([
  [null, "–"],
  [0, "0 s"],
  [59.6, "1 min"],
  [61, "1 min 1 s"],
  [3600, "1 h"],
  [3605, "1 h"],
  [12_000, "3 h 20 min"],
  [190_000, "2 d 4 h"],
  [86_400 * 1500, "1,500 d"],
])("%d seconds are %s", ([seconds, words]) => {
  expect(durationWords(seconds)).toBe(words);
});

test.for<[now: number, before: number, words: string]>([
  [5, 0, "none before"],
  [0, 0, "none before either"],
  [4, 4, "as many as before"],
  [5, 4, "25 % more (4 before)"],
  [3, 4, "25 % fewer (4 before)"],
  [0, 4, "100 % fewer (4 before)"],
  [1200, 400, "3 times as many (400 before)"],
  [1300, 400, "3.3 times as many (400 before)"],
  [1300, 40, "33 times as many (40 before)"],
  [199_989, 11, "over 100 times as many (11 before)"],
  [1001, 1000, "< 1 % more (1,000 before)"],
])("%d after %d is %s", ([now, before, words]) => {
  expect(changeWords({ now, before })).toBe(words);
});

test.for<[share: number | null, words: string]>([
  [null, "–"],
  [0, "0 %"],
  [0.004, "< 1 %"],
  [0.996, "> 99 %"],
  [1, "100 %"],
])("a share of %d is %s", ([share, words]) => {
  expect(shareWords(share)).toBe(words);
});

describe("a bucket", () => {
  const at = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
  test.for<[step: Step, from: string, to: string, zone: string, full: string, short: string]>([
    ["hour", "2026-06-01T18:30Z", "2026-06-01T19:30Z", "Asia/Kolkata", "2 Jun 2026 00:00", "2 Jun 00:00"],
    ["day", "2026-06-01T18:30Z", "2026-06-02T18:30Z", "Asia/Kolkata", "Tue 2 Jun 2026", "2 Jun"],
    ["week", "2026-03-02T00:00Z", "2026-03-09T00:00Z", "UTC", "2–8 Mar 2026", "2 Mar 2026"],
    ["week", "2026-03-08T00:00Z", "2026-03-09T00:00Z", "UTC", "8 Mar 2026", "8 Mar 2026"],
    ["month", "2026-03-01T00:00Z", "2026-04-01T00:00Z", "UTC", "1–31 Mar 2026", "Mar 2026"],
  ])("by %s from %s to %s in %s is %s, and %s", ([step, from, to, zone, full, short]) => {
    const writer = bucketWriter(step, zone);
    expect(writer.full(at(from, to))).toBe(full);
    expect(writer.short(at(from, to))).toBe(short);
  });
});
