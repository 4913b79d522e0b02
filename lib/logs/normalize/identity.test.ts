import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { recordId, TooDeepError } from "./identity.ts";

const NONE = new Set<string>();

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

test("the order of keys and white space do not change an id", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const parsed = JSON.parse(JSON.stringify(record)) as JsonObject;
      expect(recordId(shuffled(parsed) as JsonObject, NONE)).toBe(recordId(parsed, NONE));
    }),
  );
});

test.for<[name: string, other: JsonObject]>([
  ["another value", { eventID: "1", region: "us-east-2" }],
  ["a missing field", { eventID: "1" }],
  ["a null for a missing field", { eventID: "1", region: null }],
  ["a number for a text", { eventID: 1, region: "us-east-1" }],
])("%s changes the id", ([, other]) => {
  expect(recordId(other, NONE)).not.toBe(recordId({ eventID: "1", region: "us-east-1" }, NONE));
});

test("fields that a transport adds do not count, at the top alone", () => {
  const record = { a: 1, inner: { _ItemId: "x" } };
  const delivered = { ...record, _ItemId: "y" };
  const transport = new Set(["_ItemId"]);
  expect(recordId(delivered, transport)).toBe(recordId(record, NONE));
  expect(recordId({ a: 1, inner: {} }, transport)).not.toBe(recordId(record, transport));
});

test("a key named __proto__ counts like any other", () => {
  const record = JSON.parse('{"a":1,"__proto__":{"x":2}}') as JsonObject;
  expect(recordId(record, NONE)).not.toBe(recordId({ a: 1 }, NONE));
});

test("nesting beyond any log is refused before the stack is", () => {
  const deep = JSON.parse(`{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as JsonObject;
  expect(() => recordId(deep, NONE)).toThrow(TooDeepError);
});
