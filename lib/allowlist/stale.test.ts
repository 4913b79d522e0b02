import { expect, test } from "vitest";
import { ENTRY_STATES } from "./entry.ts";
import { type StaleFacts, type StaleReason, staleReasons } from "./stale.ts";

const DAY_MS = 86_400_000;
const now = new Date("2026-03-29T12:00:00Z");
const ago = (days: number, ms = 0) => new Date(now.getTime() - days * DAY_MS - ms);

/** An entry that is well. */
const well: StaleFacts = {
  state: "enforcing",
  expiresAt: ago(-60),
  activeSince: ago(60),
  lastHitAt: ago(1),
  isCovered: false,
};

test.for<[name: string, change: Partial<StaleFacts>, expected: StaleReason[]]>([
  ["one with a hit of yesterday is well", {}, []],
  ["a hit exactly 30 days ago is still one", { lastHitAt: ago(30) }, []],
  ["a hit a millisecond longer ago is none", { lastHitAt: ago(30, 1) }, ["no-hit"]],
  ["never a hit in 30 days", { lastHitAt: null, activeSince: ago(30) }, []],
  ["never a hit in more than 30 days", { lastHitAt: null, activeSince: ago(30, 1) }, ["no-hit"]],
  ["an old hit, and resumed yesterday", { lastHitAt: ago(90), activeSince: ago(1) }, []],
  ["a recent hit, and begun long ago", { lastHitAt: ago(2), activeSince: ago(300) }, []],
  ["a hit that came late, and no beginning", { lastHitAt: ago(31), activeSince: null }, ["no-hit"]],
  ["neither a hit nor a beginning", { lastHitAt: null, activeSince: null }, []],
  ["begins only tomorrow", { lastHitAt: null, activeSince: ago(-1) }, []],
  ["ends in exactly 7 days", { expiresAt: ago(-7) }, ["expires-soon"]],
  ["ends a millisecond later", { expiresAt: ago(-7, -1) }, []],
  ["ended, and time has not told yet", { expiresAt: ago(0, 1) }, ["expires-soon"]],
  ["another decides every time", { isCovered: true }, ["covered-by-another"]],
  ["what observes never decides, and is not covered", { state: "observing", isCovered: true }, []],
  ["what observes without a hit", { state: "observing", lastHitAt: ago(31) }, ["no-hit"]],
  [
    "all at once",
    { lastHitAt: ago(40), expiresAt: ago(-1), isCovered: true },
    ["no-hit", "expires-soon", "covered-by-another"],
  ],
])("%s", ([, change, expected]) => {
  expect(staleReasons({ ...well, ...change }, now)).toEqual(expected);
});

test.for(ENTRY_STATES)("of an entry that is %s, something is stale only while it does something", (state) => {
  const stale = { ...well, state, lastHitAt: ago(40), expiresAt: ago(-1), isCovered: true };
  expect(staleReasons(stale, now).length > 0).toBe(state === "observing" || state === "enforcing");
});
