import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { firstValueId } from "#lib/aggregates/first.ts";
import { db, inTransaction } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { ACTOR_SORTS, type ActorSort } from "../actor-filter.ts";
import { LISTED } from "../facts.ts";
import { parseActorFilter } from "../parse-actor-filter.ts";
import { bucketStart, DAY_MS } from "../timeline/bucket.ts";
import { MOST_EVENT_POINTS, sumOf, type Timeline, totalsOf } from "../timeline/timeline.ts";
import { type Span, wholeOf, windowOf } from "../timeline/window.ts";
import { getActor } from "./actor.ts";
import { getActorFacts, listRecentPrincipals } from "./actor-facts.ts";
import { countActors, listActors } from "./actor-list.ts";
import { getTimeline } from "./timeline.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const SERVICES = ["ecr.amazonaws.com", "ec2.amazonaws.com", null];
/** A rule that fires for both registries says nothing of the service. */
const BOTH_REGISTRIES = [...SERVICES, "ecr-public.amazonaws.com"];
const RULE_OF: Record<string, string> = { "ec2.amazonaws.com": "aws-machine-image" };
const id = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

/** The same numbers at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

type StoredEvent = {
  at: number;
  id: string;
  service: string | null;
  scores: { score: number; entryId: string | null }[];
};

/** Events of an actor over a year, most of them in bursts, with detections on some, a fifth of these suppressed. */
function yearOf(count: number, seed: number, services = SERVICES): StoredEvent[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, at) => {
    const burst = Math.floor(next() * 6) * 61 * DAY_MS;
    const time = NOW.getTime() - 366 * DAY_MS + burst + Math.floor(next() * 20 * DAY_MS);
    const service = services[Math.floor(next() * services.length)] ?? null;
    const isDetected = next() < 0.25 && service !== null;
    const score = Math.floor(next() * 100);
    return {
      at: at % 40 === 1 ? NOW.getTime() - 30 * DAY_MS : time,
      id: randomUUID(),
      service,
      scores: isDetected ? [{ score, entryId: next() < 0.2 ? id("f", 1) : null }] : [],
    };
  });
}

async function store(actorId: string, events: readonly StoredEvent[]): Promise<void> {
  await db().event.createMany({
    data: events.map((event, at) => ({
      occurredAt: new Date(event.at),
      id: event.id,
      platform: "aws",
      logSource: "cloudtrail",
      service: event.service,
      operation: at % 7 === 0 ? "PutImage" : "DescribeImages",
      outcome: "success",
      actorId,
      principal: `arn:${at % 3}`,
      session: `run-${at % 30}`,
      account: `11112222333${at % 3}`,
      sourceIp: `198.51.100.${at % 12}`,
      addressClass: "external",
      blockId: 1,
      blockPosition: 0,
      normalizer: 1,
    })),
  });
  await db().detection.createMany({
    data: events.flatMap((event) =>
      event.scores.map(({ score, entryId }) => ({
        occurredAt: new Date(event.at),
        eventId: event.id,
        ruleId: RULE_OF[event.service ?? ""] ?? "ecr-push",
        alertId: ALERT_ID,
        score,
        addends: [],
        platform: "aws",
        operation: "PutImage",
        outcome: "success",
        actorId,
        addressClass: "external",
        entryId,
        live: true,
        detectedAt: NOW,
      })),
    ),
  });
  await inTransaction(rebuildAggregates);
}

const ALERT_ID = id("a", 1);
const FEW = id("b", 900);
const MANY = id("b", 901);
const ANCIENT = id("b", 902);
const few = yearOf(300, 1);
const MIXED = id("b", 903);
const many = yearOf(4000, 2);
const mixed = yearOf(2500, 4, BOTH_REGISTRIES);

/** Actors of the list: many with the same numbers and times. */
const listed = Array.from({ length: 130 }, (_, at) => ({
  id: id("b", at),
  platform: at % 4 === 0 ? "azure" : "aws",
  kind: ["person", "workload", "service"][at % 3] as string,
  key: `key/${at}`,
  name: at === 7 ? "100%_done" : `role/${at}`,
  account: null,
  firstSeen: new Date(NOW.getTime() - (400 + (at % 7)) * DAY_MS),
  lastSeen: new Date(NOW.getTime() - (at % 5) * 30 * DAY_MS),
  events: at % 6,
  detections: at % 4,
  alerts: at % 3,
  open: at % 9 === 0 ? 1 : 0,
  accounts: at % 2 === 0 ? [`acct-${at % 3}`] : ["acct-0", "acct-9"],
}));

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const seenOf = (events: readonly StoredEvent[]) => ({
    firstSeen: new Date(Math.min(...events.map(({ at }) => at))),
    lastSeen: new Date(Math.max(...events.map(({ at }) => at))),
  });
  const actor = { platform: "aws", kind: "workload" };
  await db().actor.createMany({
    data: [
      ...listed.map(({ events: _e, detections: _d, alerts: _a, open: _o, accounts: _c, ...row }) => row),
      { ...actor, id: FEW, key: "few", name: "few", ...seenOf(few) },
      { ...actor, id: MANY, key: "many", name: "many", ...seenOf(many) },
      { ...actor, id: MIXED, key: "mixed", name: "mixed", ...seenOf(mixed) },
      {
        ...actor,
        id: ANCIENT,
        key: "ancient",
        name: "ancient",
        firstSeen: new Date("0001-01-01T00:00:00Z"),
        lastSeen: NOW,
      },
    ],
  });
  await db().alert.create({
    data: {
      id: ALERT_ID,
      family: "container-push",
      platform: "aws",
      account: "",
      subject: "x",
      windowStart: NOW,
      windowEnd: NOW,
      firstAt: NOW,
      lastAt: NOW,
      detectionCount: 1,
      operationCount: 1,
      score: 1,
      currentScore: 1,
      outcome: "success",
      search: "",
      live: true,
      status: "closed",
      verdict: "benign_true_positive",
      queue: "closed",
    },
  });
  await db().logHistory.createMany({
    data: [
      { account: "111122223330", logSource: "cloudtrail", firstAt: new Date(NOW.getTime() - 380 * DAY_MS) },
      { account: "other", logSource: "cloudtrail", firstAt: new Date(0) },
    ],
  });
  const inNetwork = { actorId: FEW, network: "AS64500", firstSeen: NOW, lastSeen: NOW };
  await db().actorNetwork.create({ data: { ...inNetwork, firstSeen: seenOf(few).lastSeen } });
  await db().network.create({ data: { key: "AS64500", name: "Example" } });
  await store(FEW, few);
  await store(MANY, many);
  await store(MIXED, mixed);
  await store(ANCIENT, [
    { at: Date.parse("0001-01-01T00:00:00Z"), id: randomUUID(), service: "s", scores: [] },
    { at: NOW.getTime(), id: randomUUID(), service: "s", scores: [] },
  ]);
  // The list's own numbers, which no event stands behind.
  await db().actorTally.createMany({
    data: listed
      .filter(({ events }) => events > 0)
      .map(({ id: actorId, events, detections, alerts, open }) => ({
        actorId,
        events,
        detections,
        suppressed: 0,
        alerts,
        open,
      })),
  });
  await db().actorFirst.createMany({
    data: listed.flatMap(({ id: actorId, accounts }) =>
      accounts.map((value) => ({
        actorId,
        field: "account",
        valueId: firstValueId("account", value),
        value,
        firstSeen: NOW,
      })),
    ),
  });
});
afterAll(() => database.drop());

describe("the list", () => {
  type Listed = (typeof listed)[number];
  const tally = (actor: Listed) =>
    actor.events > 0 ? actor : { ...actor, detections: 0, alerts: 0, open: 0 };
  const VALUE_OF: Record<string, (actor: Listed) => number> = {
    seen: ({ lastSeen }) => lastSeen.getTime(),
    events: ({ events }) => events,
    detections: (actor) => tally(actor).detections,
    alerts: (actor) => tally(actor).alerts,
    open: (actor) => tally(actor).open,
  };
  const expected = (sort: ActorSort, actors: readonly Listed[]) => {
    const value = VALUE_OF[sort.replace("-", "")] ?? (() => 0);
    const ascending = [...actors].sort((a, b) => value(a) - value(b) || (a.id < b.id ? -1 : 1));
    return (sort.startsWith("-") ? ascending.reverse() : ascending).map((actor) => actor.id);
  };
  const OWN = { q: "key/" };

  test.for(ACTOR_SORTS)("by %s pages forwards and back, none missed and none twice", async (sort) => {
    const filter = parseActorFilter({ ...OWN, sort });
    const seen: string[] = [];
    const pages: { rows: string[]; previous: string | null }[] = [];
    let cursor: string | undefined;
    do {
      const page = await listActors(filter, NOW, cursor);
      seen.push(...page.rows.map((row) => row.id));
      pages.push({ rows: page.rows.map((row) => row.id), previous: page.previous });
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(expected(sort, listed));
    expect(pages).toHaveLength(3);
    expect(pages[0]?.previous).toBeNull();
    const back = await listActors(filter, NOW, pages[2]?.previous ?? "");
    expect(back.rows.map((row) => row.id)).toEqual(pages[1]?.rows);
    const first = await listActors(filter, NOW, back.previous ?? "");
    expect(first.rows.map((row) => row.id)).toEqual(pages[0]?.rows);
    expect(first.previous).toBeNull();
  });

  test.for<[name: string, params: Record<string, string>, matches: (actor: Listed) => boolean]>([
    [
      "words in any order",
      { q: "ROLE/1 key/1" },
      ({ key, name }) => key.includes("key/1") && name.includes("role/1"),
    ],
    ["% and _ as they are", { q: "0%_d" }, ({ name }) => name === "100%_done"],
    ["a platform", { platform: "azure" }, ({ platform }) => platform === "azure"],
    ["a kind", { kind: "person" }, ({ kind }) => kind === "person"],
    ["an account, of several", { account: "acct-9" }, ({ accounts }) => accounts.includes("acct-9")],
    ["open alerts", { open: "1" }, (actor) => tally(actor).open > 0],
    [
      "last seen lately",
      { seen: "30d" },
      ({ lastSeen }) => lastSeen.getTime() >= NOW.getTime() - 30 * DAY_MS,
    ],
    [
      "last seen until",
      { to: "2026-03-01T00:00:00Z" },
      ({ lastSeen }) => lastSeen <= new Date("2026-03-01T00:00:00Z"),
    ],
    [
      "first seen between, both within",
      {
        newFrom: new Date(NOW.getTime() - 404 * DAY_MS).toISOString(),
        newTo: new Date(NOW.getTime() - 402 * DAY_MS).toISOString(),
      },
      ({ firstSeen }) =>
        firstSeen.getTime() >= NOW.getTime() - 404 * DAY_MS &&
        firstSeen.getTime() <= NOW.getTime() - 402 * DAY_MS,
    ],
    ["what cannot be read", { platform: "mars", from: "x", seen: "100y", account: "\0" }, () => true],
  ])("by %s", async ([, params, matches]) => {
    const filter = parseActorFilter({ ...OWN, ...params });
    const wanted = listed.filter(matches).filter(({ key }) => params.q || key.includes("key/"));
    expect(wanted.length).toBeGreaterThan(0);
    expect(await countActors(filter, NOW)).toBe(wanted.length);
    const { rows } = await listActors(filter, NOW);
    expect(rows.map((row) => row.id)).toEqual(expected("-seen", wanted).slice(0, 50));
  });

  test("a cursor of another order, or of none, begins again", async () => {
    const filter = parseActorFilter({ ...OWN, sort: "-open" });
    const first = await listActors(filter, NOW);
    for (const cursor of ["after~x~y", "nonsense", `after~99999999999999999999~${id("b", 1)}`]) {
      expect((await listActors(filter, NOW, cursor)).rows).toEqual(first.rows);
    }
  });

  test("counts accounts, addresses and networks", async () => {
    const { rows } = await listActors(parseActorFilter({ q: "many" }), NOW);
    expect(rows).toMatchObject([{ accountCount: 3, addressCount: 12, networkCount: 0, events: 4000 }]);
    expect(rows[0]?.accounts).toHaveLength(2);
  });
});

describe("an actor", () => {
  test("has what it did in all", async () => {
    const detections = few.flatMap(({ scores }) => scores);
    expect(await getActor(FEW)).toMatchObject({
      name: "few",
      events: 300,
      detections: detections.length,
      suppressed: detections.filter(({ entryId }) => entryId !== null).length,
    });
    expect(await getActor(id("b", 999))).toBeNull();
    expect(await getActor("not an id")).toBeNull();
  });

  test("was seen with values that are counted exactly, the newest named, or all", async () => {
    const facts = await getActorFacts(MANY);
    expect(facts.session.count).toBe(30);
    expect(facts.session.newest).toHaveLength(LISTED);
    const times = facts.session.newest.map(({ firstSeen }) => firstSeen.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(facts.network).toEqual({ count: 0, newest: [] });
    expect(facts.agent).toEqual({ count: 0, newest: [] });
    expect((await getActorFacts(MANY, "session")).session.newest).toHaveLength(30);
    expect(new Set(await listRecentPrincipals(MANY))).toEqual(new Set(["arn:0", "arn:1", "arn:2"]));
  });
});

/** What a timeline must count, said again in another way. */
function bruteForce(events: readonly StoredEvent[], { from, to }: Span) {
  const inside = events.filter(({ at }) => at >= from && at <= to);
  const scores = inside.flatMap((event) => event.scores);
  return {
    events: inside.length,
    detections: scores.length,
    suppressed: scores.filter(({ entryId }) => entryId !== null).length,
  };
}

function lifeOf(events: readonly StoredEvent[]): Span {
  const times = events.map(({ at }) => at);
  return { from: Math.min(...times), to: Math.max(...times) };
}

/** Every bar, and the worst of it, against the events that fall into it. */
function expectBars({ histogram, worst, points, window }: Timeline, events: readonly StoredEvent[]): void {
  if (!histogram) throw new Error("there are bars");
  expect(histogram.buckets.length).toBeGreaterThan(0);
  for (const { start, service, ...counts } of histogram.buckets) {
    const own = events.filter((event) => (event.service ?? "") === service);
    const span = { from: Math.max(start, window.from), to: Math.min(start + histogram.step - 1, window.to) };
    expect(counts).toEqual(bruteForce(own, span));
    if (points.length > 0) continue;
    const inside = own.filter(({ at }) => at >= span.from && at <= span.to).flatMap(({ scores }) => scores);
    const open = inside.filter(({ entryId }) => entryId === null);
    const told = worst.find((one) => one.start === start && one.service === service);
    const most = Math.max(...(open.length > 0 ? open : inside).map(({ score }) => score));
    const severity = inside.length > 0 ? severityOf(most) : undefined;
    expect(told?.severity).toBe(severity);
    if (told) expect(told.isSuppressed).toBe(open.length === 0);
  }
}

describe("the timeline", () => {
  const life = lifeOf(many);
  const next = random(7);
  const anywhere = Array.from({ length: 12 }, (_, at): [string, Span] => {
    const from = life.from + Math.floor(next() * (life.to - life.from));
    const length = [200 * DAY_MS, 90 * DAY_MS, 20 * DAY_MS, 36 * HOUR_MS][at % 4] ?? DAY_MS;
    return [`window ${at}`, { from, to: from + Math.floor(next() * length) }];
  });

  test.for<[string, Span]>([
    ["the whole life", wholeOf(life)],
    ["whole days", { from: bucketStart(life.from, DAY_MS), to: bucketStart(life.to, DAY_MS) + DAY_MS - 1 }],
    ...anywhere,
  ])("of many events is right to the last one in %s", async ([, asked]) => {
    const window = windowOf(life, asked.from, asked.to);
    if (!window) throw new Error("the window lies in the life");
    const timeline = await getTimeline({ id: MANY, life, window });
    const expected = bruteForce(many, window);
    expect(totalsOf(timeline)).toEqual(expected);
    expect(timeline.histogram === null).toBe(expected.events <= MOST_EVENT_POINTS);
    if (timeline.histogram) expectBars(timeline, many);
    else
      expect(timeline.points.map((point) => point.id).sort()).toEqual(
        many
          .filter(({ at }) => at >= window.from && at <= window.to)
          .map((event) => event.id)
          .sort(),
      );
    expect(sumOf(timeline.overview.buckets)).toEqual(bruteForce(many, life));
    expect(timeline.overview.buckets.length).toBeLessThanOrEqual(200 * BOTH_REGISTRIES.length);
  });

  test("of few events has each of them, with its detections and the verdict", async () => {
    const life = lifeOf(few);
    const timeline = await getTimeline({ id: FEW, life, window: wholeOf(life) });
    expect(timeline.histogram).toBeNull();
    const byId = new Map(few.map((event) => [event.id, event]));
    for (const point of timeline.points) {
      const event = byId.get(point.id);
      expect(point).toMatchObject({ at: event?.at, service: event?.service ?? "" });
      expect(point.detections.map(({ score, isSuppressed }) => [score, isSuppressed])).toEqual(
        event?.scores.map(({ score, entryId }) => [score, entryId !== null]),
      );
      for (const detection of point.detections) {
        expect(detection).toMatchObject({
          alertNumber: 1,
          status: "closed",
          verdict: "benign_true_positive",
        });
      }
    }
    expect(timeline.historyFrom).toBe(NOW.getTime() - 380 * DAY_MS);
  });

  test("says when the actor was first seen with a value, and counts each once", async () => {
    const life = lifeOf(few);
    const { newcomers } = await getTimeline({ id: FEW, life, window: wholeOf(life) });
    // 2 operations, 3 accounts, 12 addresses, a network; sessions are none of it.
    expect(newcomers.reduce((sum, { count }) => sum + count, 0)).toBe(18);
    expect(newcomers[0]?.at).toBe(life.from);
    expect(newcomers.map(({ samples }) => samples.length)).toEqual(
      newcomers.map(({ count }) => Math.min(4, count)),
    );
    expect(newcomers.at(-1)).toEqual({
      ...{ at: life.to, to: life.to, count: 1 },
      samples: [{ field: "network", value: "AS64500", name: "Example" }],
    });
    expect(newcomers.flatMap(({ samples }) => samples).map(({ field }) => field)).not.toContain("session");
  });

  test("of the year 1 to today is drawn from the days that are kept", async () => {
    const life = { from: Date.parse("0001-01-01T00:00:00Z"), to: NOW.getTime() };
    const timeline = await getTimeline({ id: ANCIENT, life, window: wholeOf(life) });
    expect(totalsOf(timeline).events).toBe(2);
    expect(timeline.overview.buckets.length).toBe(2);
  });

  test("tells the worst of each registry though one rule fires for both", async () => {
    const life = lifeOf(mixed);
    const timeline = await getTimeline({ id: MIXED, life, window: wholeOf(life) });
    expect(timeline.worst.length).toBeGreaterThan(0);
    expectBars(timeline, mixed);
  });

  test("is right after late data", async () => {
    const late = yearOf(2000, 3);
    await store(MANY, late);
    const all = [...many, ...late];
    const longer = lifeOf(all);
    for (const window of [
      wholeOf(longer),
      { from: longer.from + 3 * HOUR_MS, to: longer.to - 50 * DAY_MS },
    ]) {
      const timeline = await getTimeline({ id: MANY, life: longer, window });
      expect(totalsOf(timeline)).toEqual(bruteForce(all, window));
      expectBars(timeline, all);
    }
  });
});
