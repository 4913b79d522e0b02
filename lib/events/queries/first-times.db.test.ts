import { afterAll, beforeAll, expect, test } from "vitest";
import { firstValueId } from "#lib/aggregates/first.ts";
import { db } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { NEW_FIELDS } from "../event-row.ts";
import { parseEventFilter } from "../parse-event-filter.ts";
import { STORED, type Stored, storeEvents } from "../testing/stored-events.ts";
import { listEvents } from "./event-list.ts";

const NOW = new Date("2026-03-10T00:00:00Z");
const DAY_MS = 86_400_000;

/** Each actor's events with what may be new in them. */
const SEEN = STORED.flatMap((event) => {
  const { actorId, operation, account, region, sourceIp, network, images } = event;
  const values: [(typeof NEW_FIELDS)[number], string | null][] = [
    ["operation", operation],
    ["account", account],
    ["region", region],
    ["address", sourceIp],
    ["network", network],
    ...images.map(({ imageId }): ["image", string] => ["image", imageId]),
  ];
  return actorId === null
    ? []
    : values.flatMap(([field, value]) => (value === null ? [] : [{ event, actorId, field, value }]));
});
const firsts = new Map<string, { actorId: string; field: string; value: string; firstSeen: Date }>();
for (const { event, actorId, field, value } of SEEN) {
  const key = `${actorId} ${field} ${value}`;
  const known = firsts.get(key);
  if (!known || event.occurredAt < known.firstSeen)
    firsts.set(key, { actorId, field, value, firstSeen: event.occurredAt });
}

/** 111122223333 has a long history in one log and a short one in the other. */
const HISTORIES = [
  { account: "111122223333", logSource: "cloudtrail", firstAt: new Date(NOW.getTime() - 100 * DAY_MS) },
  { account: "111122223333", logSource: "azure-activity", firstAt: new Date(NOW.getTime() - 12 * DAY_MS) },
  { account: "", logSource: "cloudtrail", firstAt: new Date(NOW.getTime() - 40 * DAY_MS) },
];

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await storeEvents();
  const all = [...firsts.values()];
  await db().actorFirst.createMany({
    data: all.flatMap(({ field, value, ...one }) =>
      field === "network"
        ? []
        : [{ ...one, field, value, valueId: firstValueId(field as "operation", value) }],
    ),
  });
  await db().actorNetwork.createMany({
    data: all.flatMap(({ field, value, actorId, firstSeen }) =>
      field === "network" ? [{ actorId, network: value, firstSeen, lastSeen: NOW }] : [],
    ),
  });
  await db().logHistory.createMany({ data: HISTORIES });
});
afterAll(() => database.drop());

function expectedOf(stored: Stored) {
  const fields = NEW_FIELDS.filter((field) =>
    SEEN.some(
      (seen) =>
        seen.event === stored &&
        seen.field === field &&
        firsts.get(`${seen.actorId} ${field} ${seen.value}`)?.firstSeen.getTime() ===
          stored.occurredAt.getTime(),
    ),
  );
  if (fields.length === 0) return null;
  const history = HISTORIES.find(
    ({ account, logSource }) => account === (stored.account ?? "") && logSource === stored.logSource,
  );
  const ms = history ? stored.occurredAt.getTime() - history.firstAt.getTime() : 0;
  return { fields, historyDays: Math.floor(ms / DAY_MS), isShort: ms < 14 * DAY_MS };
}

test("each event is marked with what its actor was first seen with then, and how long the history is", async () => {
  const marked = new Map<string, unknown>();
  let cursor: string | undefined;
  do {
    const page = await listEvents(parseEventFilter({}), NOW, cursor);
    for (const { id, newness } of page.rows) marked.set(id, newness);
    cursor = page.older ?? undefined;
  } while (cursor);
  const expected = new Map(STORED.map((stored) => [stored.id, expectedOf(stored)]));
  expect([...expected.values()].filter((newness) => newness?.isShort === false).length).toBeGreaterThan(5);
  expect([...expected.values()].filter((newness) => newness?.isShort).length).toBeGreaterThan(5);
  expect(new Map([...marked].sort())).toEqual(new Map([...expected].sort()));
});
