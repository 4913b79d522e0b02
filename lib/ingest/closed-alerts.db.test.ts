import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db } from "#lib/db/client.ts";
import { queueOf, queueSql } from "#lib/detection/queue.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { ALERT_STATUSES } from "#lib/triage/alert.ts";
import { moveAlert } from "#lib/triage/commands.ts";
import { getAlertTriage } from "#lib/triage/queries/alert-triage.ts";
import { create, is, saving, somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const NOW = new Date("2026-06-10T05:00:00Z");

/** A push into one alert, by the minute of its hour. */
function push(minute: number, overrides: JsonObject = {}): JsonObject {
  return cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    eventTime: new Date(NOW.getTime() - 3_600_000 + minute * 60_000).toISOString(),
    sourceIPAddress: "10.1.1.1",
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "1.0" },
    ...overrides,
  });
}

const by = (role: string): JsonObject => ({
  userIdentity: {
    type: "AssumedRole",
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/x`,
    accountId: "111122223333",
  },
});

async function arrive(...records: JsonObject[]): Promise<void> {
  await importFile(records.map((record) => JSON.stringify(record)).join("\n"), { now: NOW });
}

async function alert() {
  return await db().alert.findFirstOrThrow();
}

async function closeIt(): Promise<void> {
  const { id, revision, detectionCount } = await alert();
  const seen = { id, revision, detectionCount };
  const input = {
    move: "close",
    verdict: "benign_true_positive",
    reasonClass: "expected_automation",
  } as const;
  const closed = await moveAlert(
    admin,
    seen,
    { ...input, text: "The nightly build.", duplicateOf: null },
    NOW,
  );
  expect(closed).toMatchObject({ ok: true });
}

describe("a closed alert in whose window there is", () => {
  test.for<[what: string, more: JsonObject, news: object | null]>([
    ["more of the same", push(5), null],
    ["another actor", push(5, by("release")), { actors: [{ name: "role/release" }] }],
    [
      "another client network",
      push(5, { sourceIPAddress: "10.9.9.9" }),
      { networks: [{ id: "10.9.9.0/24" }] },
    ],
    ["a higher severity", push(5, { userAgent: "stratus-red-team_1" }), { isMoreSevere: true }],
  ])("%s", async ([, more, news]) => {
    await arrive(push(1), push(2));
    await closeIt();
    await arrive(more);
    const { id, status, newActivity, queue } = await alert();
    expect({ status, newActivity, queue }).toEqual({
      status: "closed",
      newActivity: news !== null,
      queue: news ? "open" : "closed",
    });
    const nothing = { rules: [], actors: [], networks: [], isMoreSevere: false };
    expect((await getAlertTriage(id)).since).toMatchObject({ ...nothing, ...news, detectionCount: 1 });
  });

  test("something new that the allowlist expects stays closed, and names no news", async () => {
    await arrive(push(1));
    await closeIt();
    const conditions = [is("actor", "111122223333/role/release"), is("operation", "PutImage")];
    await create(admin, saving(admin, { conditions }), NOW);
    await arrive(push(5, by("release")));
    const { id, newActivity, queue, suppressedCount } = await alert();
    expect({ newActivity, queue, suppressedCount }).toEqual({
      newActivity: false,
      queue: "closed",
      suppressedCount: 1,
    });
    expect((await getAlertTriage(id)).since).toMatchObject({ actors: [], detectionCount: 1 });
  });

  test("its severity stays as it was when somebody acted, and what it would be now stands beside", async () => {
    await arrive(push(1));
    const { score } = await alert();
    await closeIt();
    await arrive(push(5, { userAgent: "stratus-red-team_1" }));
    expect(await alert()).toMatchObject({ score, frozenScore: score, currentScore: score + 25 });
  });
});

test("where an alert is listed is the same in SQL and in memory", async () => {
  const flags = [true, false];
  const cases = ALERT_STATUSES.flatMap((status) =>
    flags.flatMap((newActivity) =>
      flags.flatMap((suppressed) => flags.map((live) => ({ status, newActivity, suppressed, live }))),
    ),
  );
  const sql = queueSql({
    status: "status",
    newActivity: "new_activity",
    suppressed: "suppressed",
    live: "live",
  });
  const rows = await db().$queryRawUnsafe<{ queue: string }[]>(
    `select ${sql} as queue
     from unnest($1::text[], $2::boolean[], $3::boolean[], $4::boolean[]) with ordinality
       as one (status, new_activity, suppressed, live, place) order by place`,
    cases.map(({ status }) => status),
    cases.map(({ newActivity }) => newActivity),
    cases.map(({ suppressed }) => suppressed),
    cases.map(({ live }) => live),
  );
  expect(rows.map(({ queue }) => queue)).toEqual(cases.map(queueOf));
});
