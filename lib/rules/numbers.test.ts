import { expect, test } from "vitest";
import { NO_NUMBERS, numbersFrom, precisionOf } from "./numbers.ts";

test("numbers are of thirty whole days, today among them", () => {
  expect(numbersFrom(new Date("2026-03-31T23:59:59Z")).toISOString()).toBe("2026-03-02T00:00:00.000Z");
  expect(numbersFrom(new Date("2026-03-31T00:00:00Z")).toISOString()).toBe("2026-03-02T00:00:00.000Z");
});

test("precision counts what was right, expected or not, among what was judged", () => {
  expect(precisionOf(NO_NUMBERS)).toBeNull();
  expect(precisionOf({ ...NO_NUMBERS, verdicts: { undetermined: 3, duplicate: 2 } })).toBeNull();
  const verdicts = { true_positive: 1, benign_true_positive: 2, false_positive_logic: 1, undetermined: 9 };
  expect(precisionOf({ ...NO_NUMBERS, verdicts })).toEqual({ judged: 4, precision: 0.75 });
});
