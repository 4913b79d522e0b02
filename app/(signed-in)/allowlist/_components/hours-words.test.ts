import { expect, test } from "vitest";
import { hoursWords } from "./hours-words.ts";

const at = (counts: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0);

test.for([
  ["nothing", at({}), "at no hour"],
  ["one hour", at({ 2: 5 }), "in 1 of 24 hours; 100 % at 02 h UTC"],
  ["the busiest of several", at({ 1: 1, 2: 5, 3: 3, 14: 1 }), "in 4 of 24 hours; 90 % at 01, 02, 03 h UTC"],
  ["around the clock", Array.from({ length: 24 }, () => 1), "around the clock (UTC)"],
] as const)("%s", ([, hours, words]) => {
  expect(hoursWords(hours)).toBe(words);
});
