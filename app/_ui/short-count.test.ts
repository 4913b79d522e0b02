import { expect, test } from "vitest";
import { shortCount } from "./short-count.ts";

test.for([
  [0, "0"],
  [999, "999"],
  [1000, "1k"],
  [15_999, "15k"],
  [999_999, "999k"],
  [1_000_000, "1M"],
  [2_500_000_000, "2bn"],
  [7_000_000_000_000, "7000bn"],
] as const)("%d is written %s", ([count, written]) => {
  expect(shortCount(count)).toBe(written);
});
