import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db, inTransaction, pool } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { moveAlert, moveAlerts } from "./commands.ts";
import { MOVE_NAMES } from "./move.ts";
import type { MoveInput, SeenAlert } from "./move-input.ts";
import { listActivities } from "./queries/activities.ts";
import { listAssignees } from "./queries/assignees.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const id = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const person = (at: number, name: string, role: Person["role"]): Person => ({
  id: id("e", at),
  name,
  email: `${name.toLowerCase()}@example.com`,
  role,
});

const dana = person(1, "Dana", "analyst");
const eve = person(2, "Eve", "admin");
const max = person(3, "Max", "manager");
const gone = person(4, "Gone", "analyst");

const take: MoveInput = { move: "take", text: null };
const close = {
  move: "close",
  verdict: "benign_true_positive",
  reasonClass: "authorised_test",
  text: "The yearly test.",
  duplicateOf: null,
} as const satisfies MoveInput;
const reopen: MoveInput = { move: "reopen", text: "It was not the test." };
const comment: MoveInput = { move: "comment", text: "Asked the team." };
const duplicateOf = (number: number): MoveInput => ({
  ...close,
  verdict: "duplicate",
  reasonClass: "same_incident",
  duplicateOf: number,
});

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await db().person.createMany({
    data: [dana, eve, max, { ...gone, disabledAt: NOW }].map((one) => ({
      ...one,
      createdAt: NOW,
      updatedAt: NOW,
    })),
  });
});
afterAll(() => database.drop());

/** Alerts 1 to 4 as the pipeline leaves them, all of the same score and with three detections. */
beforeEach(async () => {
  await db().activity.deleteMany();
  await db().alert.deleteMany();
  await db().alert.createMany({
    data: [1, 2, 3, 4].map((number) => ({
      id: id("a", number),
      number,
      family: "container-push",
      platform: "aws",
      account: "111122223333",
      subject: `registry/repo-${number}`,
      windowStart: NOW,
      windowEnd: NOW,
      firstAt: NOW,
      lastAt: NOW,
      detectionCount: 3,
      operationCount: 3,
      score: 45,
      currentScore: 45,
      outcome: "success",
      actorIds: [id("b", 1)],
      operations: ["PutImage"],
      rules: ["ecr-push"],
      regions: ["eu-west-1"],
      sourceIps: ["198.51.100.7"],
      addressClasses: ["external"],
      networks: ["AS64500"],
      search: "",
      live: true,
    })),
  });
});

/** The alert as somebody sees it who looks now. */
async function look(number: number): Promise<SeenAlert> {
  const { revision, detectionCount } = await db().alert.findUniqueOrThrow({ where: { id: id("a", number) } });
  return { id: id("a", number), revision, detectionCount };
}

async function stored(number: number) {
  return await db().alert.findUniqueOrThrow({ where: { id: id("a", number) } });
}

/** One change after the other, each by somebody who looked before it. */
async function play(number: number, ...inputs: MoveInput[]): Promise<void> {
  for (const input of inputs)
    expect(await moveAlert(dana, await look(number), input, NOW)).toMatchObject({ ok: true });
}

/** Starts what `begin` begins while the alert is held, as by the pipeline, and lets go when all of it waits. */
async function whileHeld<Result>(number: number, begin: () => Promise<Result>[]): Promise<Result[]> {
  const begun = await inTransaction(async (client) => {
    await client.query("select from alert where id = $1 for update", [id("a", number)]);
    const results = begin();
    await vi.waitUntil(async () => {
      const { rows } = await pool().query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length === results.length;
    }, 30_000);
    return { results };
  });
  return await Promise.all(begun.results);
}

describe("a change", () => {
  test("is stored with who, when, from, to and why", async () => {
    expect(await moveAlert(dana, await look(1), close, NOW)).toEqual({ ok: true, value: undefined });
    expect(await stored(1)).toMatchObject({
      status: "closed",
      revision: 1,
      verdict: "benign_true_positive",
      reasonClass: "authorised_test",
      closedAt: NOW,
      closedAs: {
        detectionCount: 3,
        rules: ["ecr-push"],
        actorIds: [id("b", 1)],
        networks: ["AS64500"],
        score: 45,
      },
      queue: "closed",
    });
    expect(await listActivities(id("a", 1))).toEqual([
      {
        id: expect.any(String),
        at: NOW,
        by: "Dana",
        kind: "close",
        from: "new",
        to: "closed",
        verdict: "benign_true_positive",
        reasonClass: "authorised_test",
        text: "The yearly test.",
        caseLink: null,
        duplicateOf: null,
        assignee: null,
        score: 45,
      },
    ]);
  });

  test.for<[input: MoveInput, expected: object]>([
    [take, { status: "in_progress", assigneeId: dana.id, queue: "open" }],
    [
      { move: "assign", assigneeId: eve.id, text: null },
      { status: "in_progress", assigneeId: eve.id },
    ],
    [
      { move: "assign", assigneeId: null, text: null },
      { status: "in_progress", assigneeId: null },
    ],
    [
      { move: "wait", text: "For the owner." },
      { status: "waiting", assigneeId: null },
    ],
    [
      { move: "escalate", caseLink: "https://tickets.example.com/IR-12", text: null },
      { status: "escalated", caseLink: "https://tickets.example.com/IR-12" },
    ],
  ])("%j", async ([input, expected]) => {
    await play(1, input);
    expect(await stored(1)).toMatchObject({ ...expected, revision: 1, frozenScore: 45 });
  });

  test("freezes the severity at a person's first act, be it a comment", async () => {
    await play(1, comment);
    await db().alert.update({ where: { id: id("a", 1) }, data: { score: 50, currentScore: 72 } });
    await play(1, take, close);
    expect(await stored(1)).toMatchObject({ frozenScore: 45, revision: 2 });
    expect((await stored(1)).closedAs).toMatchObject({ score: 72 });
  });

  test("keeps the order of the whole history", async () => {
    await play(1, take, comment, close, reopen, { ...close, verdict: "undetermined", reasonClass: "other" });
    const history = await listActivities(id("a", 1));
    expect(history.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["take", "new", "in_progress"],
      ["comment", "in_progress", "in_progress"],
      ["close", "in_progress", "closed"],
      ["reopen", "closed", "in_progress"],
      ["close", "in_progress", "closed"],
    ]);
    expect(history[0]?.assignee).toBe("Dana");
  });
});

describe("of two people acting on the same view", () => {
  test("one wins, however close they press, and one step is written", async () => {
    const seen = await look(1);
    const outcomes = await whileHeld(1, () =>
      [dana, eve].map((one) => moveAlert(one, seen, { ...close, text: one.name }, NOW)),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().activity.count()).toBe(1);
    const [winner, loser] = outcomes[0]?.ok ? [dana, 1] : [eve, 0];
    expect(outcomes[loser]).toEqual({
      ok: false,
      reason: {
        why: "changed-meanwhile",
        change: {
          kind: "close",
          by: winner.name,
          byYourself: false,
          at: NOW,
          verdict: "benign_true_positive",
          assignee: null,
        },
      },
    });
  });

  test("the other hears of the last change, not of a comment after it", async () => {
    const seen = await look(1);
    await moveAlert(dana, seen, { move: "assign", assigneeId: eve.id, text: null }, NOW);
    await moveAlert(dana, await look(1), comment, later(1));
    expect(await moveAlert(eve, seen, take, later(2))).toMatchObject({
      reason: { change: { kind: "assign", by: "Dana", assignee: "Eve", at: NOW } },
    });
    expect(await moveAlert(dana, seen, take, later(2))).toMatchObject({
      reason: { change: { byYourself: true } },
    });
  });

  test("both comments are kept", async () => {
    const seen = await look(1);
    await play(1, take);
    expect(await moveAlert(eve, seen, comment, NOW)).toEqual({ ok: true, value: undefined });
    expect(await stored(1)).toMatchObject({ status: "in_progress", revision: 1, queue: "open" });
    await moveAlert(eve, seen, { ...comment, text: "  kept\n  as written" }, NOW);
    expect((await listActivities(id("a", 1))).at(-1)).toMatchObject({
      by: "Eve",
      text: "  kept\n  as written",
    });
  });
});

describe("closing", () => {
  test("is refused while detections came that nobody saw; taking is not", async () => {
    const seen = await look(1);
    await db().alert.update({ where: { id: id("a", 1) }, data: { detectionCount: 6 } });
    expect(await moveAlert(dana, seen, close, NOW)).toEqual({
      ok: false,
      reason: { why: "more-detections", count: 3 },
    });
    expect(await db().activity.count()).toBe(0);
    expect(await moveAlert(dana, seen, take, NOW)).toMatchObject({ ok: true });
  });

  test("again gives another verdict and takes what came since as seen", async () => {
    await play(1, close);
    await db().alert.update({
      where: { id: id("a", 1) },
      data: { newActivity: true, queue: "open", detectionCount: 5, networks: ["AS64500", "AS64501"] },
    });
    await play(1, { ...close, verdict: "true_positive", reasonClass: "confirmed_attack" });
    expect(await stored(1)).toMatchObject({
      verdict: "true_positive",
      newActivity: false,
      queue: "closed",
      closedAs: { detectionCount: 5, networks: ["AS64500", "AS64501"] },
    });
  });

  test("is undone whole when the alert is opened again; whose it was and its case stay", async () => {
    await play(1, take, { move: "escalate", caseLink: "https://tickets.example.com/IR-12", text: null });
    await play(1, duplicateOf(2));
    await db().alert.update({ where: { id: id("a", 1) }, data: { newActivity: true } });
    await play(1, reopen);
    expect(await stored(1)).toMatchObject({
      status: "in_progress",
      verdict: null,
      reasonClass: null,
      duplicateOf: null,
      closedAs: null,
      closedAt: null,
      newActivity: false,
      queue: "open",
      assigneeId: dana.id,
      caseLink: "https://tickets.example.com/IR-12",
    });
  });

  test("what the allowlist covers whole, and what came as history, go where they belong", async () => {
    await db().alert.update({ where: { id: id("a", 1) }, data: { suppressedCount: 3, queue: "suppressed" } });
    await db().alert.update({ where: { id: id("a", 2) }, data: { live: false, queue: "history" } });
    await play(1, comment);
    await play(2, comment);
    expect([(await stored(1)).queue, (await stored(2)).queue]).toEqual(["suppressed", "history"]);
    await play(1, take);
    await play(2, take);
    expect([(await stored(1)).queue, (await stored(2)).queue]).toEqual(["open", "open"]);
  });
});

describe("a duplicate", () => {
  test.for<[name: string, number: number, why: string]>([
    ["of itself", 1, "duplicate-of-itself"],
    ["of an alert that there is not", 99, "no-such-duplicate"],
  ])("%s is refused", async ([, number, why]) => {
    expect(await moveAlert(dana, await look(1), duplicateOf(number), NOW)).toEqual({
      ok: false,
      reason: { why },
    });
    expect(await db().activity.count()).toBe(0);
  });

  test("of one that repeats it, at whatever remove, is refused", async () => {
    await play(1, duplicateOf(2));
    await play(2, duplicateOf(3));
    const circle = { ok: false, reason: { why: "duplicate-in-a-circle" } };
    expect(await moveAlert(dana, await look(2), duplicateOf(1), NOW)).toEqual(circle);
    expect(await moveAlert(dana, await look(3), duplicateOf(1), NOW)).toEqual(circle);
    await play(4, duplicateOf(1));
    expect(await stored(4)).toMatchObject({ duplicateOf: 1, verdict: "duplicate" });
  });

  test("of two that name each other at once only one is kept", async () => {
    const seen = [await look(1), await look(2)] as const;
    const outcomes = await Promise.all([
      moveAlert(dana, seen[0], duplicateOf(2), NOW),
      moveAlert(eve, seen[1], duplicateOf(1), NOW),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe("refused, with nothing stored, is", () => {
  test.for(MOVE_NAMES)("%s by a manager who calls it by hand", async (move) => {
    const input = {
      ...close,
      ...comment,
      caseLink: "https://example.com",
      assigneeId: null,
      move,
    } as MoveInput;
    expect(await moveAlert(max, await look(1), input, NOW)).toEqual({
      ok: false,
      reason: { why: "not-allowed" },
    });
    expect(await db().activity.count()).toBe(0);
    expect(await stored(1)).toMatchObject({ status: "new", revision: 0, frozenScore: null });
  });

  test("what does not start from the alert's status", async () => {
    await play(1, close);
    expect(await moveAlert(dana, await look(1), take, NOW)).toEqual({
      ok: false,
      reason: { why: "not-from-here", status: "closed" },
    });
  });

  test("an alert that there is not", async () => {
    const seen = { ...(await look(1)), id: id("a", 99) };
    expect(await moveAlert(dana, seen, comment, NOW)).toEqual({
      ok: false,
      reason: { why: "no-such-alert" },
    });
  });

  test.for([max, gone, person(9, "Nobody", "analyst")])("giving it to $name", async ({ id: assigneeId }) => {
    const input: MoveInput = { move: "assign", assigneeId, text: null };
    expect(await moveAlert(dana, await look(1), input, NOW)).toEqual({
      ok: false,
      reason: { why: "no-such-assignee" },
    });
  });
});

test("several at once: each by itself, and those that were skipped say why", async () => {
  const seen = [await look(1), await look(2), await look(3), { ...(await look(4)), id: id("a", 99) }];
  await moveAlert(eve, await look(2), take, NOW);
  await db().alert.update({ where: { id: id("a", 3) }, data: { detectionCount: 4 } });
  const outcome = await moveAlerts(dana, seen, close, later(1));
  expect(outcome).toEqual({
    moved: 1,
    skipped: [
      {
        id: id("a", 2),
        number: 2,
        failure: {
          why: "changed-meanwhile",
          change: expect.objectContaining({ kind: "take", by: "Eve", at: NOW }),
        },
      },
      { id: id("a", 3), number: 3, failure: { why: "more-detections", count: 1 } },
      { id: id("a", 99), number: null, failure: { why: "no-such-alert" } },
    ],
  });
  expect(await db().activity.count()).toBe(2);
});

test("an alert can be given to whoever may triage and is not shut out", async () => {
  expect((await listAssignees()).map(({ name }) => name)).toEqual(["Dana", "Eve"]);
});
