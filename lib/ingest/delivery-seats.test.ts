import { expect, test } from "vitest";
import { takeSeat } from "./delivery-seats.ts";

test("one token leaves room for others, and all together are bounded", () => {
  const seats = Array.from({ length: 40 }, () => takeSeat("one"));
  expect(seats.filter((seat) => seat)).toHaveLength(32);
  const others = Array.from({ length: 40 }, (_, at) => takeSeat(`other-${at}`));
  expect(others.filter((seat) => seat)).toHaveLength(32);
  seats[0]?.();
  expect(takeSeat("one")).toBeDefined();
  expect(takeSeat("late")).toBeUndefined();
  for (const free of [...seats.slice(1), ...others]) free?.();
  expect(takeSeat("late")).toBeDefined();
});
