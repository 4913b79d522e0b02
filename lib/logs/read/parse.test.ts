import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsLongNumber } from "./parse.ts";

/** What decides on the ids of records must never decide otherwise. */
const LONG_NUMBER = /\d(?:\d{15}|[eE][+-]?\d{3,}[\s,}\]])/;

test("a text with a number that a double may not hold is told wherever that stands", () => {
  const part = fc.oneof(
    fc.stringMatching(/^\d{0,18}$/),
    fc.constantFrom("e", "E", "+", "-", ",", "}", " ", ".", "x", "é", "12345678"),
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (one) => {
      expect(holdsLongNumber(one)).toBe(LONG_NUMBER.test(one));
    }),
    { numRuns: 2000 },
  );
});

test("a run of sixteen digits is told at each place, one of fifteen nowhere", () => {
  for (let at = 0; at < 40; at++) {
    expect(holdsLongNumber(`${"x".repeat(at)}${"7".repeat(16)}x`)).toBe(true);
    expect(holdsLongNumber(`${"x".repeat(at)}${"7".repeat(15)}x${"7".repeat(15)}`)).toBe(false);
  }
});
