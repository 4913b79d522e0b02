import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { db, inTransaction } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { severityOf } from "#lib/detection/severity.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { countAlertsByQueue } from "#lib/triage/queries/alert-queues.ts";
import { AGES, ofAge } from "../backlog.ts";
import { inSeries, suppressed, within } from "../behind.ts";
import type { Span } from "../buckets.ts";
import { parseTrendsFilter } from "../parse-trends-filter.ts";
import { type Period, periodOf } from "../period.ts";
import { alertsBefore, idOf, type StoredAlert } from "../testing/alerts.ts";
import { MEASURES, type Measure } from "../times.ts";
import { STACKS, type Stack } from "../trends-filter.ts";
import { countBacklog } from "./backlog.ts";
import { countedAlerts } from "./counted-alerts.ts";
import { countFirstSeen } from "./first-seen.ts";
import { countMix } from "./mix.ts";
import { measureTimes } from "./times.ts";
import { listTops } from "./tops.ts";
import { countVolume } from "./volume.ts";

const NOW = new Date("2026-11-05T10:20:30.400Z");
const PERSON = idOf("e", 0);
const DAY_MS = 86_400_000;

let alerts = alertsBefore(NOW, 3000, 500);
const actors = Array.from({ length: 36 }, (_, at) => ({
  id: idOf("b", at),
  platform: "aws",
  kind: "workload",
  key: `${at}`,
  name: `role/${at}`,
  firstSeen: new Date(NOW.getTime() - at * 5 * DAY_MS),
  lastSeen: NOW,
}));
const images = Array.from({ length: 20 }, (_, at) => ({
  id: idOf("c", at),
  platform: "aws",
  kind: "repository",
  key: `${at}`,
  name: `repo/${at}`,
  firstSeen: new Date(NOW.getTime() - at * 9 * DAY_MS),
  lastSeen: NOW,
}));

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const person = { id: PERSON, name: "Ada", email: "ada@example.com", role: "analyst" };
  await db().person.create({ data: { ...person, createdAt: NOW, updatedAt: NOW } });
  await db().allowEntry.createMany({
    data: [0, 1, 2, 3, 4].map((at) => ({
      id: idOf("f", at),
      number: at + 1,
      state: "enforcing",
      title: `entry ${at}`,
      conditions: [],
      signals: [],
      ownerId: PERSON,
      reasonClass: "ci_cd",
      reason: "",
      startsAt: NOW,
      expiresAt: NOW,
      createdAt: NOW,
      updatedAt: NOW,
    })),
  });
  await db().actor.createMany({ data: actors });
  await db().image.createMany({ data: images });
  await store();
});
afterAll(() => database.drop());

/** Stores the alerts, and the numbers by day that the pipeline keeps with them. */
async function store(): Promise<void> {
  await db().alert.deleteMany();
  await db().alert.createMany({ data: alerts });
  await inTransaction(rebuildAggregates);
}

type Params = Record<string, string | string[]>;

function ask(params: Params): { filter: AlertFilter; period: Period; stack: Stack } {
  const filter = parseTrendsFilter(params, { personId: PERSON, zone: "UTC" });
  return { filter: filter.alerts, period: periodOf(filter, NOW), stack: filter.stack };
}

/** Filters of which the numbers by day can answer some, with their meaning said again. */
const FILTERS: [name: string, params: Params, matches: (alert: StoredAlert) => boolean][] = [
  ["everything", {}, () => true],
  ["AWS", { platform: "aws" }, ({ platform }) => platform === "aws"],
  [
    "two severities and a verdict",
    { severity: ["high", "low"], verdict: "!duplicate" },
    ({ score, verdict }) => ["high", "low"].includes(severityOf(score)) && verdict !== "duplicate",
  ],
  [
    "two rules",
    { rule: ["ecr-push", "a rule of the past"], account: "!account 3" },
    ({ rules, accounts }) =>
      (rules.includes("ecr-push") || rules.includes("a rule of the past")) && !accounts.includes("account 3"),
  ],
  ["an actor", { actor: idOf("b", 2) }, ({ actorIds }) => actorIds.includes(idOf("b", 2))],
  [
    "a text",
    { q: "REPO-3", count: "2" },
    ({ search, detectionCount }) => search === "repo-3" && detectionCount >= 2,
  ],
];

const TIMES: [name: string, params: Params][] = [
  ["30 days in UTC", {}],
  ["a year in UTC by week", { period: "1y" }],
  ["a year in Kolkata by week", { period: "1y", zone: "Asia/Kolkata" }],
  ["90 days over the end of summer time", { period: "90d", zone: "Europe/Berlin" }],
  [
    "hours where clocks go back",
    { from: "2026-10-31", to: "2026-11-02", zone: "America/New_York", by: "hour" },
  ],
  ["days long past", { from: "2025-09-01", to: "2026-01-31" }],
  ["days that are yet to come, too", { from: "2026-10-20", to: "2026-12-10" }],
];

const CASES = FILTERS.flatMap((filter) => TIMES.map((time) => [filter, time] as const)).map(
  ([[filter, params, matches], [time, dates]]) =>
    [`${filter}, ${time}`, { ...params, ...dates }, matches] as [
      string,
      Params,
      (alert: StoredAlert) => boolean,
    ],
);

const inside =
  ({ from, to }: Span) =>
  ({ lastAt }: StoredAlert) =>
    lastAt.getTime() >= from && lastAt.getTime() < to;
const isSuppressed = ({ queue }: StoredAlert) => queue === "suppressed";
const JUDGED = ["true_positive", "benign_true_positive", "false_positive_logic", "false_positive_data"];

const VALUES: Record<Stack, (alert: StoredAlert) => string[]> = {
  severity: ({ score }) => [severityOf(score)],
  platform: ({ platform }) => [platform],
  rule: ({ rules }) => rules,
  verdict: ({ verdict }) => (verdict ? [verdict] : []),
  account: ({ accounts }) => accounts,
};

describe.for(["as stored", "after verdicts, suppression and late alerts"])("%s", (state) => {
  beforeAll(async () => {
    if (state === "as stored") return;
    alerts = [
      ...alerts.map((alert, at): StoredAlert => {
        if (at % 11 === 0 && alert.status === "new") {
          return {
            ...alert,
            status: "closed",
            verdict: "false_positive_logic",
            queue: "closed",
            closedAt: NOW,
          };
        }
        if (at % 13 === 0 && alert.queue === "open")
          return { ...alert, queue: "suppressed", entryIds: [idOf("f", 3)] };
        return alert;
      }),
      ...alertsBefore(new Date(NOW.getTime() - 40 * DAY_MS), 200, 60).map((alert, at) => ({
        ...alert,
        id: idOf("a", 10_000 + at),
        number: 10_000 + at,
      })),
    ];
    await store();
  });

  test.for(CASES)("the bars of %s", async ([, params, matches]) => {
    for (const stack of STACKS) {
      const { filter, period } = ask({ ...params, stack });
      const volume = await countVolume(filter, period, stack);
      const mine = alerts.filter(matches);
      expect(volume.before.alerts).toBe(mine.filter(inside(period.before)).length);
      expect(volume.now.alerts).toBe(mine.filter(inside(period)).length);
      for (const [at, bucket] of period.buckets.entries()) {
        const own = mine.filter(inside(bucket));
        expect(volume.totals[at]).toEqual({
          alerts: own.length,
          suppressed: own.filter(isSuppressed).length,
        });
        const named = volume.series.filter(({ kind }) => kind === "value").map(({ value }) => value);
        for (const { kind, value, counts } of volume.series) {
          const counted = own.filter((alert) => {
            const values = VALUES[stack](alert);
            return kind === "value" ? values.includes(value) : !values.some((one) => named.includes(one));
          });
          expect(counts[at]?.alerts, `${stack} ${kind} ${value}`).toBe(counted.length);
          expect(counts[at]?.suppressed).toBe(counted.filter(isSuppressed).length);
        }
      }
      if (stack === "severity" || stack === "platform") {
        const sum = volume.series.reduce((all, { now }) => all + now.alerts, 0);
        expect(sum).toBe(volume.now.alerts);
      }
    }
  });

  test.for(CASES)("the mix of %s", async ([, params, matches]) => {
    const { filter, period } = ask(params);
    const mix = await countMix(filter, period);
    const change = (counts: (alert: StoredAlert) => boolean) => {
      const mine = alerts.filter((alert) => matches(alert) && counts(alert));
      return { now: mine.filter(inside(period)).length, before: mine.filter(inside(period.before)).length };
    };
    expect(mix.all).toEqual(change(() => true));
    expect(mix.suppressed).toEqual(change(isSuppressed));
    for (const { value, ...counted } of mix.severities) {
      expect(counted).toEqual(change(({ score }) => severityOf(score) === value));
    }
    for (const { value, ...counted } of mix.platforms) {
      expect(counted).toEqual(change(({ platform }) => platform === value));
    }
    for (const { value, ...counted } of mix.verdicts) {
      expect(counted, value).toEqual(change(({ verdict }) => verdict === value));
    }
    for (const { value, ...counted } of mix.rules) {
      expect(counted, value).toEqual(change(({ rules }) => rules.includes(value)));
    }
    const isJudged = ({ verdict }: StoredAlert) => JUDGED.includes(verdict ?? "");
    const isNoise = (alert: StoredAlert) => isJudged(alert) && alert.verdict !== "true_positive";
    expect(mix.noise).toEqual({ judged: change(isJudged), noise: change(isNoise) });
    for (const { rule, judged, noise } of mix.noiseByRule) {
      expect(judged, rule).toEqual(change((alert) => isJudged(alert) && alert.rules.includes(rule)));
      expect(noise, rule).toEqual(change((alert) => isNoise(alert) && alert.rules.includes(rule)));
    }
  });

  test.for(CASES)("how long things took, of %s", async ([, params, matches]) => {
    const { filter, period } = ask(params);
    const times = await measureTimes(filter, period);
    const timed = alerts.filter(
      (alert) => matches(alert) && alert.live && alert.visibleAt && alert.reasonClass !== "authorised_test",
    );
    const parts = [
      [period, times.now] as const,
      [period.before, times.before] as const,
      ...period.buckets.map((bucket, at) => [bucket, times.byBucket[at]] as const),
    ];
    for (const [span, measured] of parts) {
      const own = timed.filter(inside(span));
      for (const measure of MEASURES) {
        const seconds = own.flatMap((alert) => SECONDS[measure](alert) ?? []).map((one) => Math.max(0, one));
        expect(measured?.[measure].count).toBe(seconds.length);
        for (const [name, quantile] of [["p50", 0.5] as const, ["p90", 0.9] as const]) {
          const expected = quantileOf(seconds, quantile);
          if (expected === null) expect(measured?.[measure][name]).toBeNull();
          else expect(measured?.[measure][name]).toBeCloseTo(expected, 3);
        }
      }
      const open = own.filter(({ queue }) => queue === "open");
      expect(measured?.waiting).toEqual({
        acknowledge: open.filter(({ acknowledgedAt }) => acknowledgedAt === null).length,
        close: open.filter(({ closedAt }) => closedAt === null).length,
      });
    }
  });

  test.for(CASES)("the commonest of %s", async ([, params, matches]) => {
    const { filter, period } = ask(params);
    const tops = await listTops(filter, period);
    const mine = alerts.filter(matches);
    const values = {
      actor: ({ actorIds }: StoredAlert) => actorIds,
      image: ({ imageId }: StoredAlert) => (imageId ? [imageId] : []),
      address: ({ sourceIps }: StoredAlert) => sourceIps,
      entry: (alert: StoredAlert) => (isSuppressed(alert) ? alert.entryIds : []),
    };
    for (const key of ["actor", "image", "address", "entry"] as const) {
      const asked = filter[key].map(({ value }) => value);
      const counts = new Map<string, number>();
      for (const alert of mine.filter(inside(period))) {
        for (const value of values[key](alert)) {
          if (asked.length === 0 || asked.includes(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
      }
      const highest = [...counts.values()].sort((a, b) => b - a).slice(0, 10);
      expect(
        tops[key].map(({ now }) => now),
        key,
      ).toEqual(highest);
      for (const { value, now, before, name } of tops[key]) {
        expect(now, name).toBe(counts.get(value));
        const earlier = mine
          .filter(inside(period.before))
          .filter((alert) => values[key](alert).includes(value));
        expect(before, name).toBe(earlier.length);
      }
    }
  });

  test.for(FILTERS)("the backlog of %s", async ([, params, matches]) => {
    const { filter } = ask(params);
    const open = alerts.filter(
      (alert) => matches(alert) && alert.queue === "open" && (params.severity || alert.score >= 20),
    );
    const ages = open.map(
      ({ visibleAt, createdAt }) => (NOW.getTime() - (visibleAt ?? createdAt).getTime()) / DAY_MS,
    );
    const expected = [
      ages.filter((age) => age < 1),
      ages.filter((age) => age >= 1 && age < 3),
      ages.filter((age) => age >= 3 && age < 7),
      ages.filter((age) => age >= 7 && age < 30),
      ages.filter((age) => age >= 30),
    ].map(({ length }) => length);
    const counted = await countBacklog(filter, NOW);
    expect(counted).toEqual(expected);
    for (const [at, count] of counted.entries()) {
      expect(await listed(ofAge(filter, at, NOW)), JSON.stringify(AGES[at])).toBe(count);
    }
  });

  test.for(CASES.filter((_, at) => at % 4 === 1))(
    "the list shows what is counted of %s",
    async ([, params]) => {
      const { filter, period } = ask(params);
      for (const stack of STACKS) {
        const { series, totals } = await countVolume(filter, period, stack);
        const busiest = totals.reduce(
          (most, one, at) => (one.alerts > (totals[most]?.alerts ?? 0) ? at : most),
          0,
        );
        const own = within(filter, period.buckets[busiest] ?? period);
        expect(await listed(own)).toBe(totals[busiest]?.alerts);
        expect(await listed(suppressed(own))).toBe(totals[busiest]?.suppressed);
        for (const one of series) {
          const count = one.counts[busiest];
          if (!count?.alerts) continue;
          expect(await listed(inSeries(own, stack, one, series)), `${stack} ${one.kind} ${one.value}`).toBe(
            count.alerts,
          );
        }
      }
      const times = await measureTimes(filter, period);
      const timed = { ...within(filter, period) };
      expect(await listed({ ...timed, timing: "acknowledged" })).toBe(times.now.acknowledge.count);
      expect(await listed({ ...timed, timing: "unacknowledged" })).toBe(times.now.waiting.acknowledge);
      expect(await listed({ ...timed, timing: "closed" })).toBe(times.now.close.count);
      expect(await listed({ ...timed, timing: "unclosed" })).toBe(times.now.waiting.close);
      expect(await listed({ ...timed, timing: "visible" })).toBe(times.now.lag.count);
    },
  );
});

const SECONDS: Record<Measure, (alert: StoredAlert) => number | null> = {
  acknowledge: ({ acknowledgedAt, visibleAt }) => secondsBetween(visibleAt, acknowledgedAt),
  close: ({ closedAt, visibleAt }) => secondsBetween(visibleAt, closedAt),
  lag: ({ firstAt, visibleAt }) => secondsBetween(firstAt, visibleAt),
};

function secondsBetween(from: Date | null, to: Date | null): number | null {
  return from && to ? (to.getTime() - from.getTime()) / 1000 : null;
}

function quantileOf(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

async function listed(filter: AlertFilter): Promise<number> {
  return (await countAlertsByQueue(filter, NOW)).byTab[filter.queue];
}

test("numbers by day answer what they can, days that are cut are read from the alerts", () => {
  const { filter, period } = ask({ period: "1y" });
  expect(countedAlerts(filter, period, [])).toMatchObject({ days: expect.anything(), single: null });
  const cut = countedAlerts(filter, { from: period.from + 3_600_000, to: period.to }, []);
  expect(cut).toMatchObject({ days: expect.anything(), single: expect.anything() });
  const { filter: more } = ask({ actor: PERSON });
  expect(countedAlerts(more, period, [])).toMatchObject({ days: null, single: expect.anything() });
  const { period: kolkata } = ask({ zone: "Asia/Kolkata" });
  const borders = kolkata.buckets.map(({ from }) => from);
  expect(countedAlerts(filter, kolkata, borders)).toMatchObject({ days: null, single: expect.anything() });
});

test("actors and images seen for the first time, by week", async () => {
  const { period } = ask({ period: "90d", zone: "Asia/Kolkata" });
  const { weeks, all, ...byWeek } = await countFirstSeen(period);
  expect(weeks.length).toBe(14);
  for (const [key, stored] of [["actors", actors] as const, ["images", images] as const]) {
    const firsts = (span: Span) =>
      stored.filter(({ firstSeen }) => firstSeen.getTime() >= span.from && firstSeen.getTime() < span.to)
        .length;
    expect(byWeek[key]).toEqual(weeks.map(firsts));
    expect(all[key]).toEqual({ now: firsts(period), before: firsts(period.before) });
    expect(all[key].now).toBeGreaterThan(5);
  }
});

test.for<Params>([
  { from: "0000-01-01", to: "0000-12-31" },
  { from: "0001-01-01", to: "9999-12-31", by: "hour" },
  { from: "1926-01-01", to: "2026-01-01", zone: "Africa/Monrovia" },
  { from: "2026-03-01", to: "2025-03-01" },
])("%j is answered", async (params) => {
  const { filter, period, stack } = ask(params);
  expect(period.buckets.length).toBeGreaterThan(0);
  expect(period.buckets.length).toBeLessThanOrEqual(800);
  const volume = await countVolume(filter, period, stack);
  expect(volume.now.alerts).toBe(alerts.filter(inside(period)).length);
  expect((await countMix(filter, period)).all.now).toBe(volume.now.alerts);
  expect((await measureTimes(filter, period)).byBucket).toHaveLength(period.buckets.length);
  expect((await listTops(filter, period)).actor).toBeInstanceOf(Array);
  expect((await countFirstSeen(period)).weeks.length).toBeGreaterThan(0);
});
