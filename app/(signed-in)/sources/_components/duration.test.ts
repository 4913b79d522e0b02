import { expect, test } from "vitest";
import { formatDuration, formatIn } from "./duration.ts";

test.for([
  [0, "0 s"],
  [-5000, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_999, "59 min"],
  [3_600_000, "1 h"],
  [47 * 3_600_000, "47 h"],
  [48 * 3_600_000, "2 days"],
  [10 * 86_400_000, "10 days"],
] as const)("%i ms last %s", ([ms, words]) => {
  expect(formatDuration(ms)).toBe(words);
});

test("what is due is said to be now", () => {
  const now = new Date("2026-11-24T14:00:00Z");
  expect(formatIn(now, now)).toBe("now");
  expect(formatIn(new Date("2026-11-24T13:00:00Z"), now)).toBe("now");
  expect(formatIn(new Date("2026-11-24T14:04:30Z"), now)).toBe("in 4 min");
});
