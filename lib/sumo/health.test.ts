import { expect, test } from "vitest";
import { healthOf, lagOf, type Standing } from "./health.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const well: Standing = {
  enabled: true,
  everyMinutes: 5,
  lastSuccessAt: new Date("2026-11-24T11:58:00Z"),
  reachesTo: new Date("2026-11-24T11:56:00Z"),
  failures: 0,
  problem: null,
  gaps: 0,
};
const problem = (reason: string) => ({ reason, detail: "" });

test.each([
  ["all is well", {}, "well", "All is pulled."],
  [
    "disabled, whatever else",
    { enabled: false, gaps: 3 },
    "disabled",
    "Nothing is pulled until somebody enables it.",
  ],
  [
    "a passing problem, once",
    { problem: problem("unavailable"), failures: 1 },
    "waiting",
    "The last run failed; it is tried again.",
  ],
  [
    "a passing problem that stays",
    { problem: problem("unavailable"), failures: 3 },
    "bad",
    "The last 3 runs failed.",
  ],
  [
    "one that somebody has to mend",
    { problem: problem("forbidden"), failures: 1 },
    "bad",
    "The last run failed.",
  ],
  ["a gap", { gaps: 1 }, "bad", "There is 1 gap: messages are missing."],
  ["gaps", { gaps: 1200 }, "bad", "There are 1,200 gaps: messages are missing."],
  ["new", { lastSuccessAt: null }, "waiting", "Nothing has been pulled yet."],
  ["late", { reachesTo: new Date("2026-11-24T11:42:59Z") }, "waiting", "It is behind, and catching up."],
  [
    "at a standstill",
    {
      reachesTo: new Date("2026-11-24T10:00:00Z"),
      lastSuccessAt: new Date("2026-11-24T10:42:00Z"),
    },
    "bad",
    "It is behind, and does not come further: see that the worker runs.",
  ],
  ["almost late", { reachesTo: new Date("2026-11-24T11:43:00Z") }, "well", "All is pulled."],
] as const)("%s", (_, change, state, sentence) => {
  expect(healthOf({ ...well, ...change }, NOW)).toEqual({ state, sentence });
});

test("the lag is never less than nothing", () => {
  expect(lagOf(well, NOW)).toBe(240_000);
  expect(lagOf({ reachesTo: new Date("2026-11-24T12:01:00Z") }, NOW)).toBe(0);
});
