import type { Route } from "next";
import { expect, test } from "vitest";
import { parseEventFilter } from "#lib/events/parse-event-filter.ts";
import {
  EVENTS_PAGE,
  type EventsBase,
  type EventsChange,
  eventsHref,
  unfilteredHref,
} from "./search-params.ts";

const ID = "a0000000-0000-4000-8000-000000000001";
const ACTOR: EventsBase = { path: `/actors/${ID}` as Route, fixed: "actor", keep: { lanes: "all" } };

test("a filter written to an address and read again is the same", () => {
  const filter = parseEventFilter({
    platform: "aws",
    operation: ["100%+&=?#", "!PutImage"],
    q: "a & b",
    detections: "suppressed",
    from: "2026-03-01T00:00:00.000Z",
    sort: "time",
  });
  const query = new URL(eventsHref(EVENTS_PAGE, filter), "http://x").searchParams;
  const read = Object.fromEntries(
    [...new Set(query.keys())].map((key) => {
      const values = query.getAll(key);
      return [key, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
  expect(parseEventFilter(read)).toEqual(filter);
});

test.for<[name: string, change: EventsChange, expected: string]>([
  ["nothing", {}, "/events?platform=aws"],
  [
    "another value",
    { choice: { key: "platform", value: "azure", set: "include" } },
    "/events?platform=aws&platform=azure",
  ],
  ["only another", { choice: { key: "platform", value: "azure", set: "only" } }, "/events?platform=azure"],
  ["ruled out", { choice: { key: "platform", value: "aws", set: "exclude" } }, "/events?platform=%21aws"],
  ["taken away", { choice: { key: "platform", value: "aws", set: "remove" } }, "/events"],
  ["a text", { q: "x y" }, "/events?platform=aws&q=x+y"],
  ["an event beside", { page: "p", event: "1~a" }, "/events?platform=aws&page=p&event=1%7Ea"],
  ["a page that is none", { page: undefined, event: null }, "/events?platform=aws"],
])("with %s", ([, change, expected]) => {
  expect(eventsHref(EVENTS_PAGE, parseEventFilter({ platform: "aws" }), change)).toBe(expected);
});

test("what the path asks for stands in no query, and what the page keeps stays", () => {
  const filter = parseEventFilter({ actor: ID, platform: "aws" });
  expect(eventsHref(ACTOR, filter)).toBe(`/actors/${ID}?lanes=all&platform=aws`);
  expect(unfilteredHref(ACTOR)).toBe(`/actors/${ID}?lanes=all`);
});

test("a range that moves takes the place of fixed times", () => {
  const filter = parseEventFilter({ range: "24h", from: "2026-03-01T00:00:00Z" });
  expect(eventsHref(EVENTS_PAGE, filter)).toBe("/events?range=24h");
});
