import { expect, test } from "vitest";
import { pauseMs } from "./keep-running.ts";

test("the pauses between starts double from one second to half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(pauseMs)).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ]);
});
