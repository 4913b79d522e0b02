import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { expireEntries } from "#lib/allowlist/commands/expire.ts";
import { changeEntry, createEntry } from "#lib/allowlist/commands/save.ts";
import { db } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import {
  applyAll,
  change,
  create,
  decisions,
  is,
  move,
  saving,
  seen,
  somebody,
} from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

/** Minutes of the day on which everything happens. */
const at = (minutes: number) => new Date(Date.UTC(2026, 5, 10, 0, minutes));

function push(time: Date, overrides: JsonObject = {}): JsonObject {
  return cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    eventTime: time.toISOString(),
    sourceIPAddress: "AWS Internal",
    userAgent: "AWS Internal",
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "1.0" },
    ...overrides,
  });
}

async function arrive(...records: JsonObject[]): Promise<void> {
  await importFile(records.map((record) => JSON.stringify(record)).join("\n"), { now: at(600) });
}

/** What the store says of each detection, in the order of their times. */
async function told(): Promise<string[]> {
  return (await decisions()).map(({ entryId, brokeThrough, hits }) => {
    const kinds = hits.map((hit) => hit.split(" ")[0]).join(" and ");
    if (brokeThrough.length > 0) return `open, broke through: ${brokeThrough.join(", ")}`;
    return entryId ? "suppressed" : kinds ? `open, ${kinds}` : "open";
  });
}

/** An entry that was enforcing from 01:00 to 03:00, with one push inside of that, one outside, and one of each later. */
const INSIDE = push(at(90));
const OUTSIDE = push(at(240));
const LATE_INSIDE = push(at(100));
const LATE_OUTSIDE = push(at(250));
const HOURS = { startsAt: at(60), expiresAt: at(180) };

type Story = () => Promise<void>;

async function enforced(
  mode: "observing" | "enforcing" = "enforcing",
  expiresAt = HOURS.expiresAt,
): Promise<string> {
  await arrive(INSIDE, OUTSIDE);
  const id = await create(admin, saving(admin, { ...HOURS, expiresAt, mode }), at(60));
  await applyAll();
  return id;
}

/** Ends an entry that would have gone on until the next day, at 03:00. */
function endedBy(end: (id: string) => Promise<void>): Story {
  return async () => {
    const id = await enforced("enforcing", at(24 * 60));
    await end(id);
    await applyAll();
  };
}

const CELLS: readonly [what: string, story: Story, inside: string, outside: string][] = [
  ["observing", async () => void (await enforced("observing")), "open, observed", "open"],
  ["enforcing", async () => void (await enforced()), "suppressed", "open"],
  ["paused", endedBy((id) => move(admin, id, "pause", at(180))), "suppressed", "open"],
  [
    "expired",
    async () => {
      await enforced();
      expect(await expireEntries(at(181))).toBe(1);
      await applyAll();
    },
    "suppressed",
    "open",
  ],
  [
    "changed",
    endedBy((id) =>
      change(
        admin,
        id,
        saving(admin, { ...HOURS, expiresAt: at(1440), conditions: otherRepository() }),
        at(180),
      ),
    ),
    "suppressed",
    "open",
  ],
  ["archived", endedBy((id) => move(admin, id, "archive", at(180))), "suppressed", "open"],
  ["revoked", endedBy((id) => move(admin, id, "revoke", at(180))), "open, revoked", "open"],
];

function otherRepository() {
  return [
    is("actor", "111122223333/role/ci"),
    is("image", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/other"),
  ];
}

describe("an entry that is", () => {
  describe.each(CELLS)("%s", (_what, story, inside, outside) => {
    test(`leaves what happened inside of its time ${inside}, and outside ${outside}`, async () => {
      await story();
      expect(await told()).toEqual([inside, outside]);
    });

    test("says the same of late arrivals", async () => {
      await story();
      await arrive(LATE_INSIDE, LATE_OUTSIDE);
      expect(await told()).toEqual([inside, inside, outside, outside]);
    });

    test("says the same when everything arrives after it", async () => {
      await story();
      await emptyDetections();
      await arrive(OUTSIDE, LATE_OUTSIDE, LATE_INSIDE, INSIDE);
      expect(await told()).toEqual([inside, inside, outside, outside]);
    });
  });

  test("resumed opens a new interval; what came between stays open", async () => {
    await arrive(push(at(90)), push(at(150)), push(at(210)));
    const id = await create(admin, saving(admin, { ...HOURS, expiresAt: at(1440) }), at(60));
    await move(admin, id, "pause", at(120));
    await move(admin, id, "enforce", at(180));
    await applyAll();
    expect(await told()).toEqual(["suppressed", "open", "suppressed"]);
  });

  test("changed keeps what its older version said of its own time", async () => {
    await arrive(
      push(at(90)),
      push(at(210)),
      push(at(211), { requestParameters: { repositoryName: "other" } }),
    );
    const id = await create(admin, saving(admin, { ...HOURS, expiresAt: at(1440) }), at(60));
    await change(
      admin,
      id,
      saving(admin, { ...HOURS, expiresAt: at(1440), conditions: otherRepository() }),
      at(180),
    );
    await applyAll();
    expect(await told()).toEqual(["suppressed", "open", "suppressed"]);
    expect(
      (await db().allowInterval.findMany({ orderBy: { version: "asc" } })).map(({ version }) => version),
    ).toEqual([1, 2]);
  });

  test("a draft, then observed, then enforced from that moment on", async () => {
    await arrive(push(at(90)), push(at(150)), push(at(210)));
    const id = await create(admin, saving(admin, { ...HOURS, expiresAt: at(1440), mode: "draft" }), at(10));
    await move(admin, id, "observe", at(20));
    await move(admin, id, "enforce", at(180));
    await applyAll();
    expect(await told()).toEqual(["open, observed", "open, observed", "suppressed"]);
  });

  test("changed and then revoked opens what all its versions hid", async () => {
    await arrive(
      push(at(90)),
      push(at(210), { requestParameters: { repositoryName: "other", registryId: "111122223333" } }),
    );
    const id = await create(admin, saving(admin, { ...HOURS, expiresAt: at(1440) }), at(60));
    await change(
      admin,
      id,
      saving(admin, { ...HOURS, expiresAt: at(1440), conditions: otherRepository() }),
      at(180),
    );
    await move(admin, id, "revoke", at(300));
    await applyAll();
    expect(await told()).toEqual(["open, revoked", "open, revoked"]);
  });
});

test("an interval holds its first millisecond and not its last", async () => {
  await arrive(...[-1, 0, 1].map((off) => push(new Date(at(60).getTime() + off))));
  await arrive(...[-1, 0, 1].map((off) => push(new Date(at(180).getTime() + off))));
  await create(admin, saving(admin, HOURS), at(60));
  await applyAll();
  expect(await told()).toEqual(["open", "suppressed", "suppressed", "suppressed", "open", "open"]);
});

test("a night in which the clocks go back is as long for an entry as any other", async () => {
  // Europe/Berlin, 25 October 2026: 02:30 comes twice, at 00:30 and at 01:30 UTC.
  const twice = [new Date("2026-10-25T02:30:00+02:00"), new Date("2026-10-25T02:30:00+01:00")];
  await arrive(...twice.map((time) => push(time)));
  await create(
    admin,
    saving(admin, {
      startsAt: new Date("2026-10-24T00:00:00+02:00"),
      expiresAt: new Date("2026-10-25T02:30:00+01:00"),
    }),
    at(60),
  );
  await applyAll();
  expect(await told()).toEqual(["suppressed", "open"]);
});

describe("of entries that overlap", () => {
  const more = { conditions: [...saving({ id: "" } as Person).content.conditions, is("tag", "1.0")] };

  async function deciding(): Promise<(string | null)[]> {
    return (await decisions()).map(({ entryId }) => entryId);
  }

  test("the one with most conditions decides, whichever was first", async () => {
    const fewer = await create(admin, saving(admin, HOURS), at(60));
    const most = await create(admin, saving(admin, { ...HOURS, ...more }), at(61));
    await arrive(INSIDE);
    expect(await deciding()).toEqual([most]);
    expect((await decisions())[0]?.hits).toEqual([`matched ${fewer}`, `suppressed ${most}`]);
  });

  test("of equals the oldest", async () => {
    const older = await create(admin, saving(admin, HOURS), at(60));
    await create(admin, saving(admin, HOURS), at(61));
    await arrive(INSIDE);
    expect(await deciding()).toEqual([older]);
  });

  test("the other takes over when the deciding one is revoked, and nothing is marked", async () => {
    const fewer = await create(admin, saving(admin, HOURS), at(60));
    const most = await create(admin, saving(admin, { ...HOURS, ...more }), at(61));
    await arrive(INSIDE);
    await move(admin, most, "revoke", at(300));
    await applyAll();
    expect(await deciding()).toEqual([fewer]);
    expect((await decisions())[0]?.hits).toEqual([`suppressed ${fewer}`]);
  });
});

describe("a detection breaks through", () => {
  const wide = {
    ...HOURS,
    startsAt: at(-60 * 24 * 60),
    conditions: [is("actor", "111122223333/role/ci"), is("account", "111122223333")],
  };
  const share = (party: JsonObject) =>
    cloudTrailRecord({
      eventName: "ModifyImageAttribute",
      eventTime: at(90).toISOString(),
      requestParameters: { imageId: "ami-1", launchPermission: { add: { items: [party] } } },
    });
  const tagged = (minutes: number, digest: string, tag = "1.0") =>
    push(at(minutes), {
      requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: tag },
      responseElements: {
        image: {
          registryId: "111122223333",
          repositoryName: "prod/api",
          imageId: { imageTag: tag, imageDigest: digest },
        },
      },
    });
  const login = (time: Date, sourceIPAddress: string) =>
    push(time, { eventName: "GetAuthorizationToken", sourceIPAddress, requestParameters: null });
  const DAYS = (days: number) => -days * 24 * 60;
  const twice = (text: string) => [text, text];

  test.for<[signal: string, records: JsonObject[], told: string[]]>([
    // A share is a change of an image and a share: two rules fire on it.
    ["shared-with-everyone", [share({ group: "all" })], twice("open, broke through: shared-with-everyone")],
    [
      "shared-with-foreign-account",
      [share({ userId: "999999999999" })],
      twice("open, broke through: shared-with-foreign-account"),
    ],
    ["shared with its own account is nothing special", [share({ userId: "111122223333" })], ["suppressed"]],
    [
      "attack-tool",
      [push(at(90), { userAgent: "stratus-red-team_1" })],
      ["open, broke through: attack-tool"],
    ],
    [
      "stable-tag-moved",
      [tagged(80, "sha256:a"), tagged(90, "sha256:b")],
      ["suppressed", "open, broke through: stable-tag-moved"],
    ],
    ["the same digest again", [tagged(80, "sha256:a"), tagged(90, "sha256:a")], ["suppressed", "suppressed"]],
    [
      "latest may move",
      [tagged(80, "sha256:a", "latest"), tagged(90, "sha256:b", "latest")],
      ["suppressed", "suppressed"],
    ],
    [
      "guard-lowered",
      [
        push(at(70), {
          eventName: "PutImageTagMutability",
          requestParameters: {
            registryId: "111122223333",
            repositoryName: "prod/api",
            imageTagMutability: "MUTABLE",
          },
        }),
        push(at(90)),
      ],
      ["suppressed", "open, broke through: guard-lowered"],
    ],
    [
      "new-network, of the push itself",
      [push(at(DAYS(20)), { sourceIPAddress: "10.1.1.1" }), push(at(90), { sourceIPAddress: "10.9.9.9" })],
      ["suppressed", "open, broke through: new-network"],
    ],
    [
      "new-network, of the client that fetched the token",
      [login(at(DAYS(20)), "10.1.1.1"), push(at(DAYS(20) + 1)), login(at(85), "10.9.9.9"), push(at(90))],
      ["suppressed", "open, broke through: new-network"],
    ],
    [
      "a token that is older than a token lives",
      [login(at(DAYS(20)), "10.1.1.1"), login(at(90 - 12 * 60), "10.9.9.9"), push(at(90))],
      ["suppressed"],
    ],
    [
      "a first network counts only with fourteen days of history",
      [push(at(DAYS(13)), { sourceIPAddress: "10.1.1.1" }), push(at(90), { sourceIPAddress: "10.9.9.9" })],
      ["suppressed", "suppressed"],
    ],
  ])("%s", async ([, records, expected]) => {
    await create(admin, saving(admin, wide), at(60));
    for (const record of records) await arrive(record);
    expect(await told()).toEqual(expected);

    await emptyDetections();
    for (const record of [...records].reverse()) await arrive(record);
    expect(await told()).toEqual(expected);
  });

  test("unless the entry names the signal", async () => {
    await create(admin, saving(admin, { ...wide, signals: ["shared-with-everyone"] }), at(60));
    await arrive(share({ group: "all" }));
    expect(await told()).toEqual(twice("suppressed"));
  });
});

describe("an alert", () => {
  async function alert() {
    return await db().alert.findFirstOrThrow({
      select: {
        queue: true,
        status: true,
        suppressedCount: true,
        detectionCount: true,
        entryIds: true,
        score: true,
        currentScore: true,
      },
    });
  }

  test("is suppressed when all its detections are, and open again when one is not", async () => {
    const id = await create(admin, saving(admin, HOURS), at(60));
    await arrive(INSIDE, LATE_INSIDE);
    expect(await alert()).toMatchObject({ queue: "suppressed", suppressedCount: 2, entryIds: [id] });
    await arrive(push(at(95), { userAgent: "stratus-red-team_1" }));
    expect(await alert()).toMatchObject({ queue: "open", suppressedCount: 2, detectionCount: 3 });
  });

  test("takes its severity from what is open", async () => {
    await create(
      admin,
      saving(admin, {
        ...HOURS,
        conditions: [is("actor", "111122223333/role/ci"), is("tag", "1.0")],
        signals: ["attack-tool"],
      }),
      at(60),
    );
    await arrive(push(at(90), { userAgent: "stratus-red-team_1" }));
    const { score } = await alert();
    await arrive(
      push(at(91), {
        requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "2.0" },
      }),
    );
    expect((await alert()).score).toBeLessThan(score);
  });

  test("that somebody has taken keeps its state and its place", async () => {
    await arrive(INSIDE);
    await db().alert.updateMany({ data: { status: "in_progress", frozenScore: 99, score: 99 } });
    const id = await create(admin, saving(admin, HOURS), at(60));
    await applyAll();
    expect(await alert()).toMatchObject({
      queue: "open",
      status: "in_progress",
      suppressedCount: 1,
      entryIds: [id],
      score: 99,
    });
  });
});

describe("a change of the allowlist", () => {
  test("is refused to whoever saw an older state", async () => {
    const id = await create(admin, saving(admin, HOURS), at(60));
    const stale = await seen(id);
    await move(admin, id, "pause", at(70));
    await change(admin, id, saving(admin, HOURS), at(71));
    expect(await changeEntry(admin, stale, saving(admin, HOURS), at(72))).toEqual({
      ok: false,
      reason: { reason: "changed-meanwhile", by: "admin", kind: "changed", at: at(71) },
    });
  });

  test("keeps every version with who, when and what was different", async () => {
    const id = await create(admin, saving(admin, HOURS), at(60));
    await change(
      admin,
      id,
      { ...saving(admin, { ...HOURS, title: "Another" }), why: "a better name" },
      at(70),
    );
    await move(admin, id, "pause", at(80));
    await db().allowEntry.update({ where: { id }, data: { state: "enforcing" } });
    expect(await expireEntries(at(200))).toBe(1);
    const changes = await db().allowChange.findMany({ where: { entryId: id }, orderBy: { id: "asc" } });
    expect(
      changes.map(({ kind, at: when, personId, version }) => ({ kind, when, personId, version })),
    ).toEqual([
      { kind: "enforcing", when: at(60), personId: admin.id, version: 1 },
      { kind: "changed", when: at(70), personId: admin.id, version: 1 },
      { kind: "paused", when: at(80), personId: admin.id, version: 1 },
      { kind: "expired", when: at(180), personId: null, version: 1 },
    ]);
    expect(changes[1]).toMatchObject({
      why: "a better name",
      diff: [{ field: "title", before: "CI pushes", after: "Another" }],
    });
  });

  test("by an analyst must be narrow and short", async () => {
    const analyst = await somebody("analyst");
    const wide = { ...saving(analyst, { startsAt: at(0), expiresAt: at(24 * 60) }) };
    expect(await createEntry(analyst, wide, at(0))).toEqual({ ok: false, reason: { reason: "not-narrow" } });
    const image = is("image", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api");
    const narrow = saving(analyst, {
      startsAt: at(0),
      expiresAt: at(24 * 60),
      conditions: [is("actor", "111122223333/role/ci"), image],
    });
    expect(await createEntry(analyst, narrow, at(0))).toMatchObject({ ok: true });
  });

  test("that would hide what people judged true positive needs an admin's reason, which is kept", async () => {
    await arrive(INSIDE);
    await db().alert.updateMany({ data: { status: "closed", verdict: "true_positive" } });
    const { number } = await db().alert.findFirstOrThrow();
    const unconfirmed = { ...saving(admin, HOURS), confirmations: { broad: null, truePositives: null } };
    expect(await createEntry(admin, unconfirmed, at(60))).toEqual({
      ok: false,
      reason: { reason: "hides-true-positives", alerts: [number], canConfirm: true },
    });
    const id = await create(admin, saving(admin, HOURS), at(60));
    expect(await db().allowChange.findFirst({ where: { entryId: id } })).toMatchObject({
      confirmations: [{ of: "true-positives", findings: [`ALR-${number}`], reason: "a test" }],
    });
  });
});

async function emptyDetections(): Promise<void> {
  await db().$executeRaw`truncate event, event_image, detection, alert, allow_hit, actor_network, log_history,
    registry_login, guard_lowered, activity cascade`;
}
