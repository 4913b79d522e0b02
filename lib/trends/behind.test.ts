import { expect, test } from "vitest";
import { having, suppressed, within, without } from "./behind.ts";
import { parseTrendsFilter } from "./parse-trends-filter.ts";

const parse = (params: Record<string, string | string[]>) =>
  parseTrendsFilter(params, { personId: "p", zone: "UTC" }).alerts;
const yes = (value: string) => ({ value, not: false });
const no = (value: string) => ({ value, not: true });

test("a time ends a millisecond before the next begins", () => {
  expect(within(parse({}), { from: 0, to: 1000 })).toMatchObject({
    from: new Date(0),
    to: new Date(999),
    queue: "all",
  });
});

test("a value is asked for beside what is ruled out", () => {
  expect(having(parse({ rule: "!a" }), "rule", "b").rule).toEqual([yes("b"), no("a")]);
});

test("of several values only those that the filter asks for too", () => {
  expect(
    having(parse({ verdict: ["duplicate", "true_positive"] }), "verdict", "true_positive", "undetermined")
      .verdict,
  ).toEqual([yes("true_positive")]);
});

test("values are ruled out beside what is asked for", () => {
  expect(without(parse({ account: "x" }), "account", ["a", "b"]).account).toEqual([
    yes("x"),
    no("a"),
    no("b"),
  ]);
});

test("suppressed alerts are a list of their own", () => {
  expect(suppressed(parse({})).queue).toBe("suppressed");
});
