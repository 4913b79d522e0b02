import { expect, test } from "vitest";
import { isFiltered } from "./event-filter.ts";
import { parseEventFilter } from "./parse-event-filter.ts";

const ID = "a0000000-0000-4000-8000-000000000001";

test("an empty address asks for all events, the latest first", () => {
  const filter = parseEventFilter({});
  expect(filter.sort).toBe("-time");
  expect(isFiltered(filter)).toBe(false);
});

test("one value, several, and values ruled out", () => {
  const filter = parseEventFilter({
    platform: "aws",
    operation: ["PutImage", "!CopyImage"],
    actor: ID,
    session: " with blanks ",
    agent: "x".repeat(1000),
    detections: "open",
    sort: "time",
  });
  expect(filter).toMatchObject({
    platform: [{ value: "aws", not: false }],
    operation: [
      { value: "PutImage", not: false },
      { value: "CopyImage", not: true },
    ],
    actor: [{ value: ID, not: false }],
    session: [{ value: " with blanks ", not: false }],
    agent: [{ value: "x".repeat(1000), not: false }],
    detections: "open",
    sort: "time",
  });
  expect(isFiltered(filter)).toBe(true);
});

test("what the page itself asks for is no filter of its reader", () => {
  const filter = parseEventFilter({ actor: ID });
  expect(isFiltered(filter)).toBe(true);
  expect(isFiltered(filter, "actor")).toBe(false);
});

test.for<[name: string, params: Record<string, string | string[]>]>([
  ["an unknown platform", { platform: "mars" }],
  ["an unknown outcome", { outcome: "maybe" }],
  ["an unknown class", { class: "orbit" }],
  ["an unknown log", { log: "syslog" }],
  ["an actor that is no id", { actor: "1; drop table event" }],
  ["an image that is no id", { image: "ami-1" }],
  ["detections of no kind", { detections: "some" }],
  ["several kinds of detections", { detections: ["only", "open"] }],
  ["an unknown order", { sort: "-count" }],
  ["a time that is none", { from: "yesterday", to: "0000-13-40" }],
  ["a time before the first year", { from: "0000-06-01T00:00:00Z" }],
  ["an unknown range", { range: "100y" }],
  ["an empty text", { q: "   " }],
  ["a text of a book's length", { q: "x".repeat(100_000), session: "x".repeat(1001) }],
  ["a text that no database stores", { q: "a\0b", account: "!a\0b", region: "\ud800" }],
  ["what nobody asks", { page: "x", event: "y", other: "z" }],
])("%s is dropped", ([, params]) => {
  expect(parseEventFilter(params)).toEqual(parseEventFilter({}));
});
