import { describe, expect, test } from "vitest";
import { growth, headlinesOf } from "./headlines.ts";
import type { Mix } from "./mix.ts";
import { parseTrendsFilter } from "./parse-trends-filter.ts";
import { periodOf } from "./period.ts";
import type { Times, TimesTrend } from "./times.ts";

const NOW = new Date("2026-03-31T12:00:00Z");
const filter = parseTrendsFilter({ rule: "!acr-push" }, { personId: "p", zone: "UTC" });
const period = periodOf(filter, NOW);

const NOTHING = { now: 0, before: 0 };
const QUIET: Mix = {
  all: NOTHING,
  suppressed: NOTHING,
  severities: [],
  platforms: [],
  rules: [],
  verdicts: [],
  noise: { judged: NOTHING, noise: NOTHING },
  noiseByRule: [],
};
const none = { p50: null, p90: null, count: 0 };
const UNTIMED: Times = { acknowledge: none, close: none, lag: none, waiting: { acknowledge: 0, close: 0 } };
const took = (seconds: number, count = 20): Times => ({
  ...UNTIMED,
  acknowledge: { p50: seconds, p90: seconds * 3, count },
});

function headlines(mix: Partial<Mix>, now: Times = UNTIMED, before: Times = UNTIMED) {
  const times: TimesTrend = { buckets: [], byBucket: [], now, before };
  return headlinesOf(filter.alerts, period, { mix: { ...QUIET, ...mix }, times });
}

test("without alerts there is only that to tell", () => {
  expect(headlines({}).map(({ about }) => about)).toEqual(["volume"]);
});

test("what moved most is told, with the alerts behind it", () => {
  const found = headlines({
    all: { now: 100, before: 60 },
    severities: [{ value: "high", now: 20, before: 10 }],
    rules: [
      { value: "ecr-push", now: 70, before: 20 },
      { value: "aws-machine-image", now: 30, before: 40 },
    ],
  });
  expect(found).toMatchObject([
    { about: "volume", change: { now: 100, before: 60 } },
    { about: "value", kind: "rule", value: "ecr-push", change: { now: 70, before: 20 } },
  ]);
  expect(found[1]?.alerts).toMatchObject({
    queue: "all",
    rule: [
      { value: "ecr-push", not: false },
      { value: "acr-push", not: true },
    ],
    from: new Date("2026-03-02T00:00:00.000Z"),
    to: new Date("2026-03-31T23:59:59.999Z"),
  });
});

test("what all alerts have in common says nothing more than their number", () => {
  const all = { now: 100, before: 60 };
  const found = headlines({ all, platforms: [{ value: "aws", ...all }] });
  expect(found.map(({ about }) => about)).toEqual(["volume"]);
});

describe("of shares and times the one that moved furthest is told", () => {
  const all = { now: 100, before: 100 };
  test("a share", () => {
    const suppressed = { now: 60, before: 10 };
    const [, headline] = headlines({ all, suppressed }, took(100), took(130));
    expect(headline).toMatchObject({ about: "suppressed", share: 0.6, before: 0.1 });
    expect(headline?.alerts.queue).toBe("suppressed");
  });
  test("noise", () => {
    const noise = { judged: { now: 10, before: 20 }, noise: { now: 9, before: 4 } };
    expect(headlines({ all, noise })[1]).toMatchObject({ about: "noise", share: 0.9, before: 0.2 });
  });
  test("a time, of twice as of half", () => {
    for (const [now, before] of [[7200, 3600] as const, [1800, 3600] as const]) {
      const suppressed = { now: 20, before: 10 };
      const [, headline] = headlines({ all, suppressed }, took(now), took(before));
      expect(headline).toMatchObject({ about: "acknowledge", seconds: now, before });
      expect(headline?.alerts.timing).toBe("acknowledged");
    }
  });
  test.for<[name: string, mix: Partial<Mix>, now: Times, before: Times]>([
    ["a share that stands still", { suppressed: { now: 12, before: 10 } }, UNTIMED, UNTIMED],
    ["a time that stands still", {}, took(110), took(100)],
    ["the time of few", {}, took(9000, 4), took(60)],
    [
      "the share of few",
      { noise: { judged: { now: 4, before: 9 }, noise: { now: 4, before: 0 } } },
      UNTIMED,
      UNTIMED,
    ],
    ["a time that there was not before", {}, took(9000), UNTIMED],
  ])("but not %s", ([, mix, now, before]) => {
    expect(headlines({ all, ...mix }, now, before).map(({ about }) => about)).toEqual(["volume"]);
  });
});

test("nothing before is no growth without end", () => {
  expect(growth({ now: 5, before: 0 })).toBeNull();
  expect(growth({ now: 5, before: 4 })).toBe(0.25);
});
