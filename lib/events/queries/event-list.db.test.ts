import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { DETECTION_FILTERS, EVENT_KEYS, type EventChoiceKey } from "../event-filter.ts";
import type { EventRow } from "../event-row.ts";
import { parseEventFilter } from "../parse-event-filter.ts";
import { STORED, type Stored, storeEvents } from "../testing/stored-events.ts";
import { countEvents } from "./event-count.ts";
import { listEvents } from "./event-list.ts";
import { planOf } from "./event-where.ts";
import { type Effort, findAlong, inWalk } from "./walk.ts";

const NOW = new Date("2026-03-10T00:00:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await storeEvents();
});
afterAll(() => database.drop());

/** Effort that looks at so many events a step, for so many steps. */
function effort(step: number, steps: number): Effort {
  let now = 0;
  return { firstStep: step, largestStep: step, budgetMs: steps, clock: () => now++ };
}
const UNBOUNDED: Effort = {
  firstStep: 7,
  largestStep: 50,
  budgetMs: Number.POSITIVE_INFINITY,
  clock: () => 0,
};

/** What a filter means, said again in another way. */
const VALUES: Record<EventChoiceKey, (event: Stored) => (string | null)[]> = {
  platform: ({ platform }) => [platform],
  service: ({ service }) => [service],
  operation: ({ operation }) => [operation],
  outcome: ({ outcome }) => [outcome],
  account: ({ account }) => [account],
  region: ({ region }) => [region],
  class: ({ addressClass }) => [addressClass],
  address: ({ sourceIp }) => [sourceIp],
  network: ({ network }) => [network],
  actor: ({ actorId }) => [actorId],
  image: ({ images }) => images.map(({ imageId }) => imageId),
  session: ({ session }) => [session],
  key: ({ accessKey }) => [accessKey],
  agent: ({ userAgent }) => [userAgent],
  log: ({ logSource }) => [logSource],
};

const DETECTED: Record<(typeof DETECTION_FILTERS)[number], (event: Stored) => boolean> = {
  only: ({ detections }) => detections.length > 0,
  open: ({ detections }) => detections.some(({ entryId }) => entryId === null),
  suppressed: ({ detections }) => detections.some(({ entryId }) => entryId !== null),
};

type Params = Record<string, string | string[]>;
const someValue = (key: EventChoiceKey) =>
  STORED.slice(40)
    .flatMap((event) => VALUES[key](event))
    .find((value) => value !== null) as string;
const has = (key: EventChoiceKey, value: string) => (event: Stored) => VALUES[key](event).includes(value);

const CASES: [params: Params, expected: (event: Stored) => boolean][] = [
  [{}, () => true],
  ...EVENT_KEYS.flatMap((key): [Params, (event: Stored) => boolean][] => {
    const value = someValue(key);
    return [
      [{ [key]: value }, has(key, value)],
      [{ [key]: `!${value}` }, (event) => !has(key, value)(event)],
      [{ [key]: value, q: "putimage" }, (event) => has(key, value)(event) && event.operation === "PutImage"],
      [{ [key]: value, detections: "open" }, (event) => has(key, value)(event) && DETECTED.open(event)],
    ];
  }),
  [
    { operation: ["PutImage", "CopyImage", "!100%_done"] },
    ({ operation }) => ["PutImage", "CopyImage"].includes(operation),
  ],
  [
    { actor: someValue("actor"), address: someValue("address") },
    (event) => has("actor", someValue("actor"))(event) && has("address", someValue("address"))(event),
  ],
  [
    { image: [someValue("image"), `!${STORED[3]?.images[0]?.imageId}`] },
    (event) =>
      has("image", someValue("image"))(event) && !has("image", `${STORED[3]?.images[0]?.imageId}`)(event),
  ],
  ...DETECTION_FILTERS.map((detections): [Params, (event: Stored) => boolean] => [
    { detections },
    DETECTED[detections],
  ]),
  [
    { detections: "only", outcome: "failure" },
    (event) => DETECTED.only(event) && event.outcome === "failure",
  ],
  [{ q: "PUTIMAGE ci" }, ({ operation, principal }) => operation === "PutImage" && /ci/.test(principal)],
  [{ q: "100%_" }, ({ operation }) => operation.includes("100%_")],
  [{ q: "100_done" }, () => false],
  [{ q: "\\" }, () => false],
  [{ q: "denied" }, ({ errorCode }) => errorCode !== null],
  [{ q: "'; drop table event; --" }, () => false],
  [{ range: "24h" }, ({ occurredAt }) => occurredAt >= new Date("2026-03-09T00:00:00Z")],
  [
    { from: "2026-03-08T00:00:00Z", to: "2026-03-09T00:00:00Z", operation: "PutImage" },
    ({ occurredAt, operation }) =>
      operation === "PutImage" &&
      occurredAt >= new Date("2026-03-08T00:00:00Z") &&
      occurredAt <= new Date("2026-03-09T00:00:00Z"),
  ],
];

/** In time order, and by id within one instant. */
function inOrder(events: readonly Stored[], sort: string): string[] {
  const sign = sort === "time" ? 1 : -1;
  return [...events]
    .sort((a, b) => sign * (a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1)))
    .map(({ id }) => id);
}

/** The ids of all pages, one after another, each page within its effort. */
async function walk(params: Params, newEffort: () => Effort): Promise<{ ids: string[]; pages: number }> {
  const filter = parseEventFilter(params);
  const ids: string[] = [];
  let [cursor, pages]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await listEvents(filter, NOW, cursor, newEffort());
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.older ?? undefined;
    pages++;
  } while (cursor);
  return { ids, pages };
}

describe("each filter finds what it says and nothing else, in order", () => {
  test.for(CASES)("%j", async ([params, expected]) => {
    const wanted = STORED.filter(expected);
    for (const sort of ["-time", "time"]) {
      const { ids } = await walk({ ...params, sort }, () => UNBOUNDED);
      expect(ids).toEqual(inOrder(wanted, sort));
    }
    expect(await countEvents(parseEventFilter(params), NOW, UNBOUNDED)).toEqual({
      count: wanted.length,
      bound: null,
    });
  });
});

describe("a search that runs out of time goes on where it stopped", () => {
  test.for<[params: Params, step: number, expected: (event: Stored) => boolean]>([
    [{ q: "denied" }, 1, ({ errorCode }) => errorCode !== null],
    [{ q: "denied" }, 3, ({ errorCode }) => errorCode !== null],
    [{ region: "eu-west-1" }, 7, ({ region }) => region === "eu-west-1"],
    [
      { image: someValue("image"), outcome: "failure" },
      2,
      (event) => has("image", someValue("image"))(event) && event.outcome === "failure",
    ],
    [
      { detections: "only", outcome: "failure" },
      4,
      (event) => DETECTED.only(event) && event.outcome === "failure",
    ],
    [{}, 5, () => true],
  ])("%j by steps of %i", async ([params, step, expected]) => {
    for (const sort of ["-time", "time"]) {
      const found = await walk({ ...params, sort }, () => effort(step, 2));
      expect(found.ids).toEqual(inOrder(STORED.filter(expected), sort));
      expect(found.pages).toBeGreaterThan(3);
    }
  });

  test("and says how far it came, also when it found nothing yet", async () => {
    const filter = parseEventFilter({ q: "no such word" });
    const order = inOrder(STORED, "-time");
    const first = await listEvents(filter, NOW, undefined, effort(10, 2));
    const reached = STORED.find(({ id }) => id === order[19]);
    expect(first).toMatchObject({ rows: [], newer: null, searchedTo: reached?.occurredAt });
    const second = await listEvents(filter, NOW, first.older ?? "", effort(10, 2));
    expect(second.searchedTo?.getTime()).toBe(
      STORED.find(({ id }) => id === order[39])?.occurredAt.getTime(),
    );
  });

  test("back from a page that found nothing is no event lost", async () => {
    const filter = parseEventFilter({});
    const order = inOrder(STORED, "-time");
    const last = STORED.find(({ id }) => id === order.at(-1));
    const beyond = await listEvents(filter, NOW, `after~${last?.occurredAt.getTime()}~${last?.id}`);
    expect(beyond).toMatchObject({ rows: [], older: null });
    const back = await listEvents(filter, NOW, beyond.newer ?? "");
    expect(back.rows.map(({ id }) => id)).toEqual(order.slice(-50));

    const newest = STORED.find(({ id }) => id === order[0]);
    const before = await listEvents(filter, NOW, `before~${newest?.occurredAt.getTime()}~${newest?.id}`);
    expect(before).toMatchObject({ rows: [], newer: null });
    const onwards = await listEvents(filter, NOW, before.older ?? "");
    expect(onwards.rows.map(({ id }) => id)).toEqual(order.slice(0, 50));
  });
});

describe("paging", () => {
  test.for([{}, { sort: "time" }, { operation: "PutImage" }, { detections: "only" }])(
    "of %j is the same forwards and back",
    async (params) => {
      const filter = parseEventFilter(params);
      const forwards = [await listEvents(filter, NOW)];
      while (forwards.at(-1)?.older)
        forwards.push(await listEvents(filter, NOW, forwards.at(-1)?.older ?? undefined));
      expect(forwards.length).toBeGreaterThan(2);
      const back = [forwards.at(-1)];
      while (back[0]?.newer) back.unshift(await listEvents(filter, NOW, back[0].newer));
      expect(back.map((page) => page?.rows)).toEqual(forwards.map((page) => page.rows));
      expect(forwards.map(({ searchedTo }) => searchedTo).filter(Boolean)).toEqual([]);
    },
  );

  test.for([
    "",
    "after",
    "after~1",
    "before~x~y",
    "after~99999999999999999~no-id",
    "after~8640000000000000~a0000000-0000-4000-8000-000000000001",
    "after~1~a0000000-0000-4000-8000-000000000001~and",
    "'; drop table event",
  ])("the cursor %j starts from the first page", async (cursor) => {
    const filter = parseEventFilter({});
    expect(await listEvents(filter, NOW, cursor)).toEqual(await listEvents(filter, NOW));
  });

  test.for<[params: Params]>([
    [{ from: "0001-01-01T00:00:00Z" }],
    [{ to: "9999-12-31T23:59:59Z" }],
    [{ from: "2026-03-09T00:00:00Z", to: "2020-01-01T00:00:00Z" }],
    [{ q: "a\0b" }],
    [{ operation: "\0" }],
    [{ session: "x".repeat(1000) }],
    [{ operation: "\u202e💥".repeat(200) }],
  ])("what %j asks for is answered", async ([params]) => {
    const filter = parseEventFilter(params);
    expect((await listEvents(filter, NOW)).rows).toBeInstanceOf(Array);
    expect((await countEvents(filter, NOW)).count).toBeGreaterThanOrEqual(0);
  });

  test.for<[params: Params, index: RegExp]>([
    [{ actor: someValue("actor") }, /event_actor_id_occurred_at_id_idx/],
    [{ operation: "PutImage" }, /event_operation_occurred_at_id_idx/],
    [{ account: someValue("account") }, /event_account_occurred_at_id_idx/],
    [{ address: someValue("address") }, /event_source_ip_occurred_at_id_idx/],
    [{ image: someValue("image") }, /event_image_image_id_occurred_at_event_id_idx/],
    [{ detections: "only" }, /detection_pkey/],
    [{ region: "eu-west-1" }, /event_pkey/],
  ])("of %j walks its index from the cursor and sorts nothing", async ([params, index]) => {
    const statements: [string, unknown[]][] = [];
    await inWalk(async (client) => {
      const query = client.query.bind(client);
      const listening = Object.assign(Object.create(client), {
        query: (text: string, values: unknown[]) => {
          statements.push([text, values]);
          return query(text, values);
        },
      });
      const last = STORED[100] as Stored;
      await findAlong(
        listening,
        {
          plan: planOf(parseEventFilter(params), NOW),
          descending: true,
          start: { at: { occurredAt: last.occurredAt, id: last.id }, inclusive: false },
        },
        51,
        UNBOUNDED,
      );
      const [text, values] = statements[0] as [string, unknown[]];
      const { rows } = await query<{ "QUERY PLAN": string }>(`explain ${text}`, values);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toMatch(index);
      expect(plan).toMatch(/Index Cond: .*ROW\(/);
      expect(plan).not.toContain("Sort");
    });
  });
});

describe("counting", () => {
  test("stops at its limit", async () => {
    const filter = parseEventFilter({});
    expect(await countEvents(filter, NOW, UNBOUNDED, 100)).toEqual({ count: 100, bound: "limit" });
    expect(await countEvents(filter, NOW, UNBOUNDED, STORED.length)).toEqual({
      count: STORED.length,
      bound: null,
    });
    expect(await countEvents(filter, NOW, UNBOUNDED, STORED.length - 1)).toEqual({
      count: STORED.length - 1,
      bound: "limit",
    });
  });

  test("says that it is at least so many when the time is up", async () => {
    const found = await countEvents(parseEventFilter({}), NOW, effort(10, 3));
    expect(found).toEqual({ count: 30, bound: "effort" });
  });
});

describe("a row tells", () => {
  test("what the store holds of its event", async () => {
    const stored = STORED.find(
      ({ detections, images, actorId, network, session }) =>
        detections.length === 2 &&
        detections[0]?.entryId === null &&
        images.length === 2 &&
        actorId !== null &&
        session !== null &&
        network === "AS64500",
    ) as Stored;
    const page = await listEvents(parseEventFilter({ session: stored.session as string }), NOW);
    const row = page.rows.find(({ id }) => id === stored.id) as EventRow;
    expect(row).toMatchObject({
      occurredAt: stored.occurredAt,
      operation: stored.operation,
      actor: { id: stored.actorId, name: "role/ci-💥\u202e" },
      errorCode: stored.errorCode,
      sourceIp: stored.sourceIp,
      network: { key: "AS64500", name: "Example Net" },
    });
    expect(row.images.map(({ id, role }) => [id, role]).sort()).toEqual(
      stored.images.map(({ imageId, role }) => [imageId, role]).sort(),
    );
    expect(row.detections).toEqual([
      {
        ruleId: "ecr-push",
        score: 65,
        severity: "high",
        suppressedBy: null,
        alertNumber: 7,
        status: "closed",
        verdict: "true_positive",
      },
      {
        ruleId: "other",
        score: 85,
        severity: "critical",
        suppressedBy: 12,
        alertNumber: 7,
        status: "closed",
        verdict: "true_positive",
      },
    ]);
    expect(await db().event.count()).toBe(STORED.length);
  });
});
