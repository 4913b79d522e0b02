import { expect, test } from "vitest";
import { Rate, timeLeftWords } from "./rate.ts";

test("the speed of an upload is that of its last ten seconds", () => {
  const rate = new Rate();
  rate.restart(0, 0);
  rate.add(500, 500);
  expect(rate.bytesPerSecond(500)).toBeNull();
  for (let second = 1; second <= 30; second++) rate.add(second * 1000, second * 1000);
  expect(rate.bytesPerSecond(30_000)).toBe(1000);
  for (let second = 31; second <= 45; second++) rate.add(30_000 + (second - 30) * 50, second * 1000);
  expect(rate.bytesPerSecond(45_000)).toBe(50);
});

test("one that stands still comes to nothing, and one that went back is measured anew", () => {
  const rate = new Rate();
  rate.restart(0, 0);
  rate.add(1000, 1000);
  expect(rate.bytesPerSecond(10_000)).toBe(100);
  rate.add(400, 11_000);
  expect(rate.bytesPerSecond(11_500)).toBeNull();
  rate.add(1400, 13_000);
  expect(rate.bytesPerSecond(13_000)).toBe(500);
});

test.for<[left: number, perSecond: number | null, words: string]>([
  [1000, null, ""],
  [1000, 0, ""],
  [1000, 100, "less than a minute left"],
  [30_000, 100, "about 5 min left"],
  [360_000, 100, "about 1 h left"],
  [1_000_000, 100, "about 2 h 47 min left"],
  [10_000_000, 100, "more than a day left"],
])("%d bytes at %d a second: %s", ([left, perSecond, words]) => {
  expect(timeLeftWords(left, perSecond)).toBe(words);
});
