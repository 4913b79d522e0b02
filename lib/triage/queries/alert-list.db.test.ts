import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db, inTransaction } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { queueOf } from "#lib/detection/queue.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { ALERT_STATUSES, type AlertRow, alertName, VERDICTS } from "../alert.ts";
import {
  ALERT_SORTS,
  type AlertSort,
  CHOICE_KEYS,
  type ChoiceKey,
  QUEUE_TABS,
  type QueueTab,
} from "../alert-filter.ts";
import { parseAlertFilter } from "../parse-alert-filter.ts";
import { listAlertFacets } from "./alert-facets.ts";
import { getAlert, listAlerts } from "./alert-list.ts";
import { countAlertsByQueue } from "./alert-queues.ts";
import { alertWhere } from "./alert-where.ts";

const NOW = new Date("2026-03-10T00:00:00Z");
const PLATFORMS = ["aws", "azure"];
const REGIONS = ["eu-west-1", "us-east-1", "ap-south-1"];
const OPERATIONS = ["PutImage", "CreateImage", "CopyImage", "100%_done"];
const OUTCOMES = ["success", "failure", "unknown"];
const CLASSES = ["external", "private", "cloud_service"];
const VISIBLE_HOURS = 3;
const SIGNALS = ["new-network", "attack-tool"];
const id = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

const PERSON = id("e", 0);
const parse = (params: Record<string, string | string[]>) => parseAlertFilter(params, PERSON);

/** What people and the allowlist made of an alert. */
function triaged(at: number) {
  const status = ALERT_STATUSES[at % 8] ?? "new";
  const isClosed = status === "closed";
  const newActivity = isClosed && at % 5 < 2;
  const suppressedCount = at % 7 === 3 ? (at % 5) + 1 : 0;
  const live = at % 11 !== 7;
  const visibleAt = at % 9 === 4 ? null : new Date(NOW.getTime() - at * VISIBLE_HOURS * 3_600_000);
  return {
    visibleAt,
    createdAt: new Date(NOW.getTime() - 3_600_000),
    acknowledgedAt: status === "new" ? null : NOW,
    closedAt: isClosed ? NOW : null,
    reasonClass: isClosed && at % 3 === 0 ? "authorised_test" : null,
    status,
    newActivity,
    suppressedCount,
    live,
    verdict: isClosed ? (VERDICTS[at % 6] as string) : null,
    assigneeId: status === "new" || at % 7 === 0 ? null : id("e", at % 5),
    entryIds: suppressedCount > 0 ? [id("f", at % 11), id("f", 20)] : [],
    brokeThrough: at % 10 === 4 ? [SIGNALS[at % 4 === 0 ? 0 : 1] as string] : [],
    queue: queueOf({ status, newActivity, live, suppressed: suppressedCount > 0 }),
  };
}

/** 180 alerts; a third of them at the same instant, many with the same score. */
const alerts = Array.from({ length: 180 }, (_, at) => ({
  ...triaged(at),
  id: id("a", at),
  number: at + 1,
  family: "container-push",
  platform: PLATFORMS[at % 2] as string,
  account: at % 7 === 0 ? "" : `11112222333${at % 4}`,
  accounts: at % 7 === 0 ? [] : [`11112222333${at % 4}`, "999988887777"],
  subject: `registry/repo-${at % 9}`,
  windowStart: NOW,
  windowEnd: NOW,
  firstAt: new Date(NOW.getTime() - (at + 5) * 3_600_000),
  lastAt: new Date(NOW.getTime() - (at % 3 === 0 ? 50 : at) * 3_600_000),
  detectionCount: (at % 5) + 1,
  operationCount: 1,
  score: (at * 7) % 101,
  currentScore: (at * 7) % 101,
  outcome: OUTCOMES[at % 3] as string,
  actorId: at % 11 === 0 ? null : id("b", at % 6),
  imageId: at % 13 === 0 ? null : id("c", at % 9),
  region: REGIONS[at % 3] as string,
  actorIds: at % 11 === 0 ? [] : [id("b", at % 6), id("b", 6)],
  operations: [OPERATIONS[at % 4] as string, "PutImage"].filter(
    (name, place, all) => all.indexOf(name) === place,
  ),
  rules: [at % 2 === 0 ? "ecr-push" : "acr-push"],
  regions: [REGIONS[at % 3] as string],
  sourceIps: [`198.51.100.${at % 20}`],
  addressClasses: [CLASSES[at % 3] as string],
  search: `registry/repo-${at % 9} role/ci ${at % 10 === 0 ? "100%_done" : "1000 done"}`,
}));

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await db().person.createMany({
    data: [0, 1, 2, 3, 4].map((at) => ({
      id: id("e", at),
      name: `analyst ${at}`,
      email: `${at}@example.com`,
      role: "analyst",
      createdAt: NOW,
      updatedAt: NOW,
    })),
  });
  await db().alert.createMany({ data: alerts });
  await db().allowEntry.createMany({
    data: Array.from({ length: 21 }, (_, at) => ({
      id: id("f", at),
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
  const seen = { platform: "aws", firstSeen: NOW, lastSeen: NOW };
  await db().actor.createMany({
    data: Array.from({ length: 7 }, (_, at) => ({
      ...seen,
      id: id("b", at),
      kind: "workload",
      key: `${at}`,
      name: `role/${at}`,
    })),
  });
});
afterAll(() => database.drop());

type Stored = (typeof alerts)[number];

/** What a filter means, said again in another way. */
const VALUES: Record<ChoiceKey, (alert: Stored) => string[]> = {
  severity: ({ score }) => [severityOf(score)],
  status: ({ status }) => [status],
  assignee: ({ assigneeId }) => (assigneeId ? [assigneeId] : []),
  verdict: ({ verdict }) => (verdict ? [verdict] : []),
  platform: ({ platform }) => [platform],
  account: ({ accounts }) => accounts,
  region: ({ regions }) => regions,
  operation: ({ operations }) => operations,
  rule: ({ rules }) => rules,
  actor: ({ actorIds }) => actorIds,
  image: ({ imageId }) => (imageId ? [imageId] : []),
  class: ({ addressClasses }) => addressClasses,
  address: ({ sourceIps }) => sourceIps,
  outcome: ({ outcome }) => [outcome],
  signal: ({ brokeThrough }) => brokeThrough,
  entry: ({ entryIds }) => entryIds,
};

/** What each list holds, said again in another way. */
const TABS: Record<QueueTab, (alert: Stored) => boolean> = {
  open: (alert) =>
    alert.score >= 20 &&
    (alert.status === "closed"
      ? alert.newActivity
      : alert.status !== "new" || (alert.live && alert.suppressedCount === 0)),
  mine: ({ assigneeId, status, newActivity }) =>
    assigneeId === PERSON && (status !== "closed" || newActivity),
  suppressed: ({ status, suppressedCount }) => status === "new" && suppressedCount > 0,
  history: ({ status, suppressedCount, live }) => status === "new" && suppressedCount === 0 && !live,
  closed: ({ status, newActivity }) => status === "closed" && !newActivity,
  all: () => true,
};

describe("each filter finds what it says and nothing else", () => {
  const cases: [params: Record<string, string | string[]>, expected: (alert: Stored) => boolean][] = [
    [{}, () => true],
    ...QUEUE_TABS.map((queue): [Record<string, string>, (alert: Stored) => boolean] => [
      { queue },
      TABS[queue],
    ]),
    [{ queue: "open", severity: "info" }, (alert) => alert.score < 20 && TABS.open({ ...alert, score: 20 })],
    [
      { queue: "open", severity: ["info", "high"] },
      (alert) => ["info", "high"].includes(severityOf(alert.score)) && TABS.open({ ...alert, score: 20 }),
    ],
    [{ queue: "open", severity: "!high" }, (alert) => TABS.open(alert) && severityOf(alert.score) !== "high"],
    ...CHOICE_KEYS.flatMap((key): [Record<string, string>, (alert: Stored) => boolean][] => {
      const value = alerts.flatMap((alert) => VALUES[key](alert))[1] as string;
      return [
        [{ [key]: value }, (alert) => VALUES[key](alert).includes(value)],
        [{ [key]: `!${value}` }, (alert) => !VALUES[key](alert).includes(value)],
      ];
    }),
    [{ severity: ["high", "critical"] }, ({ score }) => score >= 60],
    [
      { operation: ["CreateImage", "CopyImage"] },
      ({ operations }) => operations.some((name) => /Create|Copy/.test(name)),
    ],
    [{ operation: ["PutImage", "!CopyImage"] }, ({ operations }) => !operations.includes("CopyImage")],
    [
      { platform: "aws", outcome: "failure" },
      ({ platform, outcome }) => platform === "aws" && outcome === "failure",
    ],
    [{ count: "4" }, ({ detectionCount }) => detectionCount >= 4],
    [{ q: "REPO-3 ci" }, ({ subject }) => subject.endsWith("3")],
    [{ q: "100%_" }, ({ search }) => search.includes("100%_")],
    [{ q: "100_done" }, () => false],
    [{ q: "\\" }, () => false],
    [{ q: "'; drop table alert; --" }, () => false],
    [{ q: "alr-77" }, ({ number }) => number === 77],
    [{ range: "24h" }, ({ lastAt }) => lastAt >= new Date(NOW.getTime() - 24 * 3_600_000)],
    [
      { from: "2026-03-08T00:00:00Z", to: "2026-03-09T00:00:00Z" },
      ({ lastAt }) => lastAt >= new Date("2026-03-08Z") && lastAt <= new Date("2026-03-09Z"),
    ],
  ];
  const isTimed = ({ live, visibleAt, reasonClass }: Stored) =>
    live && visibleAt !== null && reasonClass !== "authorised_test";
  const inOpen = (alert: Stored) => TABS.open({ ...alert, score: 20 });
  cases.push(
    [{ timing: "visible" }, isTimed],
    [{ timing: "acknowledged" }, (alert) => isTimed(alert) && alert.acknowledgedAt !== null],
    [
      { timing: "unacknowledged" },
      (alert) => isTimed(alert) && alert.acknowledgedAt === null && inOpen(alert),
    ],
    [{ timing: "closed" }, (alert) => isTimed(alert) && alert.closedAt !== null],
    [{ timing: "unclosed" }, (alert) => isTimed(alert) && alert.closedAt === null && inOpen(alert)],
    [
      { visibleFrom: "2026-03-05T00:00:00Z", visibleTo: "2026-03-09T23:30:00Z" },
      ({ visibleAt, createdAt }) => {
        const since = visibleAt ?? createdAt;
        return since >= new Date("2026-03-05Z") && since <= new Date("2026-03-09T23:30:00Z");
      },
    ],
  );
  test.for(cases)("%j", async ([params, expected]) => {
    const filter = parse({ queue: "all", ...params });
    const wanted = alerts.filter(expected);
    expect((await countAlertsByQueue(filter, NOW)).byTab[filter.queue]).toBe(wanted.length);
    const seen = await walk(filter);
    expect(seen.map(({ id: found }) => found).sort()).toEqual(wanted.map(({ id: found }) => found).sort());
  });
});

/** All rows, page by page. */
async function walk(filter: ReturnType<typeof parseAlertFilter>): Promise<AlertRow[]> {
  const rows: AlertRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAlerts(filter, NOW, cursor);
    rows.push(...page.rows);
    cursor = page.older ?? undefined;
  } while (cursor);
  return rows;
}

describe("paging", () => {
  test.for<AlertSort>([...ALERT_SORTS])(
    "by %s shows each alert once, in order, forwards and back",
    async (sort) => {
      const filter = parse({ queue: "all", sort });
      const rows = await walk(filter);
      expect(new Set(rows.map(({ id: found }) => found)).size).toBe(alerts.length);
      const value = { time: "lastAt", severity: "score", count: "detectionCount" }[
        sort.replace("-", "")
      ] as "lastAt";
      const values = rows.map((row) => Number(row[value]));
      expect(values).toEqual([...values].sort((a, b) => (sort.startsWith("-") ? b - a : a - b)));

      const forwards = [await listAlerts(filter, NOW)];
      while (forwards.at(-1)?.older)
        forwards.push(await listAlerts(filter, NOW, forwards.at(-1)?.older ?? undefined));
      const back = [forwards.at(-1)];
      while (back[0]?.newer) back.unshift(await listAlerts(filter, NOW, back[0].newer));
      expect(back.map((page) => page?.rows)).toEqual(forwards.map((page) => page.rows));
      expect(forwards.map(({ newer, older }) => [newer !== null, older !== null])).toEqual([
        [false, true],
        [true, true],
        [true, true],
        [true, false],
      ]);
    },
  );

  test.for([
    "",
    "after",
    "after~1",
    "before~x~y",
    "after~99999999999999999~no-id",
    "after~1~2~3~4",
    "'; drop table alert",
  ])("the cursor %j starts from the first page", async (cursor) => {
    const filter = parse({ queue: "all" });
    expect(await listAlerts(filter, NOW, cursor)).toEqual(await listAlerts(filter, NOW));
  });

  test.for<[sort: AlertSort, cursor: string]>([
    ["-time", `after~8640000000000000~${id("a", 1)}`],
    ["-severity", `after~3000000000~1767225600000~${id("a", 1)}`],
    ["count", `before~-1e15~1767225600000~${id("a", 1)}`],
  ])("sorted by %s, the cursor %s of what the database has no room for is none", async ([sort, cursor]) => {
    const filter = parse({ queue: "all", sort });
    expect(await listAlerts(filter, NOW, cursor)).toEqual(await listAlerts(filter, NOW));
  });

  test.for<[params: Record<string, string>]>([
    [{ from: "0001-01-01T00:00:00Z" }],
    [{ to: "9999-12-31T23:59:59Z" }],
    [{ from: "0000-01-01T00:00:00Z" }],
    [{ from: "0001-01-01T00:00:00+14:00" }],
    [{ count: "1000000000" }],
    [{ q: "a\0b" }],
    [{ account: "!a\0b" }],
    [{ address: "\0" }],
  ])("what %j asks for is answered", async ([params]) => {
    const filter = parse({ queue: "all", ...params });
    expect((await listAlerts(filter, NOW)).rows).toBeInstanceOf(Array);
  });
});

describe("the lists beside one another", () => {
  test.for<
    [params: Record<string, string | string[]>, expected: (alert: Stored) => boolean, infoLeftOut: boolean]
  >([
    [{}, () => true, true],
    [{ platform: "aws" }, ({ platform }) => platform === "aws", true],
    [{ queue: "closed", region: "us-east-1" }, ({ regions }) => regions.includes("us-east-1"), false],
    [{ severity: "!high" }, ({ score }) => severityOf(score) !== "high", true],
  ])("of %j count what each would show", async ([params, expected, infoLeftOut]) => {
    const counts = await countAlertsByQueue(parse(params), NOW);
    for (const queue of QUEUE_TABS) {
      const shown = alerts.filter((alert) => expected(alert) && TABS[queue](alert));
      expect(shown.length, queue).toBeGreaterThan(0);
      expect(counts.byTab[queue], queue).toBe(shown.length);
    }
    const info = alerts.filter(
      (alert) => expected(alert) && alert.score < 20 && TABS.open({ ...alert, score: 20 }),
    );
    expect(info.length).toBeGreaterThan(0);
    expect(counts.infoLeftOut).toBe(infoLeftOut ? info.length : 0);
  });

  test("whoever asks sees their own", async () => {
    const counts = await countAlertsByQueue(parseAlertFilter({}, id("e", 7)), NOW);
    expect(counts.byTab.mine).toBe(0);
  });

  test("each page of a list is walked along its index", async () => {
    const where = alertWhere(parse({}), NOW);
    await inTransaction(async (client) => {
      await client.query("set local enable_seqscan = off");
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `explain select * from alert ${where.sql.replaceAll("?", "20")}
          and (last_at, id) < ('2026-03-09', '${id("a", 9)}') order by last_at desc, id desc limit 51`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toMatch(
        /Index Scan using alert_queue_last_at_id_idx[\s\S]*Index Cond: .*queue.*ROW\(last_at, id\)/,
      );
      expect(plan).not.toContain("Sort");
    });
  });
});

describe("facets", () => {
  test.for<
    [params: Record<string, string | string[]>, expected: (alert: Stored, facet: ChoiceKey) => boolean]
  >([
    [{}, () => true],
    [{ platform: "aws" }, ({ platform }, facet) => facet === "platform" || platform === "aws"],
    [
      { platform: "aws", region: "!us-east-1" },
      ({ platform, regions }, facet) =>
        (facet === "platform" || platform === "aws") &&
        (facet === "region" || !regions.includes("us-east-1")),
    ],
  ])("of %j count what each value would give", async ([params, expected]) => {
    const facets = await listAlertFacets(parse({ queue: "all", ...params }), NOW);
    for (const key of CHOICE_KEYS) {
      const counts = new Map<string, number>();
      for (const alert of alerts.filter((one) => expected(one, key))) {
        for (const value of VALUES[key](alert)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      expect(facets[key].length, key).toBe(Math.min(12, counts.size));
      for (const { value, count } of facets[key]) expect(count, `${key} ${value}`).toBe(counts.get(value));
    }
    expect(facets.actor[0]).toMatchObject({ value: id("b", 6), name: "role/6" });
    expect(facets.entry[0]).toMatchObject({ value: id("f", 20), name: "ALW-21" });
    expect(facets.assignee[0]?.name).toMatch(/^analyst \d$/);
  });

  test("of the open list offer information, which it leaves out, and nothing else of it", async () => {
    const facets = await listAlertFacets(parse({}), NOW);
    const open = (severity: string) =>
      alerts.filter((alert) => severityOf(alert.score) === severity && TABS.open({ ...alert, score: 20 }))
        .length;
    for (const { value, count } of facets.severity) expect(count, value).toBe(open(value));
    expect(facets.severity.map(({ value }) => value)).toEqual(["critical", "high", "medium", "low", "info"]);
    const all = facets.platform.reduce((sum, { count }) => sum + count, 0);
    expect(all).toBe(alerts.filter(TABS.open).length);
  });
});

test("an alert is found by its number", async () => {
  expect(await getAlert(42)).toMatchObject({
    id: id("a", 41),
    actor: { name: "role/5" },
    assignee: { name: "analyst 1" },
  });
  expect(await getAlert(4242)).toBeNull();
  expect(alertName(42)).toBe("ALR-42");
});
