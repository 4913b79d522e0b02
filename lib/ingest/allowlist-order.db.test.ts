import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { type Condition, FIELDS, matches } from "#lib/allowlist/condition.ts";
import type { EntryMoveName } from "#lib/allowlist/entry-move.ts";
import { conditionsSql, resolvedSql } from "#lib/allowlist/queries/condition-sql.ts";
import { pool } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import type { JsonObject } from "#lib/json.ts";
import { applyAll, change, create, is, move, saving, somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { trickyRecords } from "./testing/records.ts";
import { signalRecords } from "./testing/signal-records.ts";
import { dumpStore, emptyStore } from "./testing/store.ts";
import { loadCandidates } from "./writer/candidate.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 4, 1);
const hour = (hours: number) => new Date(START + hours * HOUR_MS);
const lines = (records: readonly JsonObject[]) => records.map((record) => JSON.stringify(record)).join("\n");

/** What is done to an entry, and at which hour of the three weeks. */
type Deed = { at: number; do: EntryMoveName | "change" };
type Plan = {
  conditions: Condition[];
  signals: (typeof SIGNALS)[number][];
  from: number;
  hours: number;
  mode: "observing" | "enforcing";
  deeds: Deed[];
};

const ACTORS = ["111122223333/role/ci", "111122223333/role/release"] as const;
const IMAGES = ["prod/api", "prod/web"].map((name) => `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}`);

const someConditions: fc.Arbitrary<Condition[]> = fc
  .tuple(
    fc.constantFrom(is("actor", ...ACTORS), is("actor", ACTORS[0]), { ...is("actor", ACTORS[1]), not: true }),
    fc.constantFrom(
      is("image", ...IMAGES),
      { field: "image", op: "glob", values: ["*prod/a*"], not: false } as const,
      is("operation", "putimage", "ModifyImageAttribute"),
      { field: "address", op: "cidr", values: ["10.0.0.0/8"], not: true } as const,
    ),
    fc.option(fc.constantFrom(is("tag", "latest"), { ...is("tag", "latest"), not: true }), {
      nil: undefined,
    }),
  )
  .map((all) => all.filter((one): one is Condition => one !== undefined));

const somePlan: fc.Arbitrary<Plan> = fc.record({
  conditions: someConditions,
  signals: fc.subarray([...SIGNALS], { maxLength: 3 }),
  from: fc.integer({ min: -24, max: 400 }),
  hours: fc.integer({ min: 1, max: 600 }),
  mode: fc.constantFrom("observing", "enforcing"),
  deeds: fc
    .array(
      fc.record({
        at: fc.integer({ min: 1, max: 500 }),
        do: fc.constantFrom("pause", "enforce", "observe", "change", "revoke"),
      }),
      { maxLength: 3 },
    )
    .map((deeds) => deeds.sort((a, b) => a.at - b.at) as Deed[]),
});

/** One after another: an entry's own deeds keep their order, whatever comes between them. */
type Step = { plan: Plan; index: number; deed: Deed | "create" };

function stepsOf(plans: readonly Plan[]): Step[][] {
  return plans.map((plan, index) => [
    { plan, index, deed: "create" as const },
    ...plan.deeds.map((deed) => ({ plan, index, deed })),
  ]);
}

async function take({ plan, index, deed }: Step, ids: Map<number, string>): Promise<void> {
  const base = {
    title: `entry ${index}`,
    conditions: plan.conditions,
    signals: plan.signals,
    startsAt: hour(plan.from),
    expiresAt: hour(plan.from + plan.hours),
  };
  if (deed === "create") {
    // Told apart by age as by title, whatever their random ids.
    const madeAt = new Date(Math.min(hour(-1000).getTime() + index, base.expiresAt.getTime() - 1));
    ids.set(index, await create(admin, saving(admin, { ...base, mode: plan.mode }), madeAt));
    return;
  }
  const id = ids.get(index) ?? "";
  // What is no longer possible then changes nothing in any order.
  const attempt =
    deed.do === "change"
      ? change(
          admin,
          id,
          saving(admin, { ...base, conditions: plan.conditions.slice(0, 1), mode: plan.mode }),
          hour(deed.at),
        )
      : move(admin, id, deed.do, hour(deed.at));
  await attempt.catch((error: Error) => expect(error.message).toMatch(/was refused/));
}

/** Those are stored in the order of their entries' ids, which are random. */
const BY_ENTRY = ["allow_hit", "alert_year"];

/** What the store says, with entries by their titles. */
async function answer(): Promise<unknown> {
  const { rows } = await pool().query<{ id: string; title: string }>("select id, title from allow_entry");
  let text = JSON.stringify(await dumpStore());
  for (const { id, title } of rows) text = text.replaceAll(id, title);
  const dump = JSON.parse(text);
  for (const table of BY_ENTRY) dump[table] = dump[table].map((row: unknown) => JSON.stringify(row)).sort();
  return dump;
}

test("pipeline and job give the same answers in any order of entries and records", async () => {
  const records = signalRecords();
  await fc.assert(
    fc.asyncProperty(
      fc.array(somePlan, { minLength: 1, maxLength: 4 }),
      fc.shuffledSubarray(records, { minLength: records.length }),
      fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
      async (plans, shuffled, dice) => {
        const allFirst = async () => {
          const ids = new Map<number, string>();
          for (const step of stepsOf(plans).flat()) await take(step, ids);
        };
        await emptyStore();
        await allFirst();
        await importFile(lines(records));
        const byPipeline = await answer();

        await emptyStore();
        await importFile(lines(records));
        await allFirst();
        await applyAll();
        expect(await answer()).toEqual(byPipeline);

        await emptyStore();
        const ids = new Map<number, string>();
        const queues = stepsOf(plans);
        const rest = [...shuffled];
        for (let at = 0; rest.length > 0 || queues.some((queue) => queue.length > 0); at++) {
          const die = dice[at % dice.length] ?? 0;
          const open = queues.filter((queue) => queue.length > 0);
          const step =
            die % 3 > 0 || rest.length === 0 ? open[die % Math.max(1, open.length)]?.shift() : undefined;
          if (step) await take(step, ids);
          else if (rest.length > 0) await importFile(lines(rest.splice(0, 1 + (die % 12))));
          if (die % 5 === 0) await applyAll();
        }
        await applyAll();
        expect(await answer()).toEqual(byPipeline);
      },
    ),
    // To make a failure smaller takes longer than a test may.
    { numRuns: 5, endOnFailure: true },
  );
});

describe("conditions in SQL and in memory", () => {
  const values = fc.constantFrom(
    "111122223333/role/ci",
    "ci",
    "*",
    "*role*",
    "prod/api",
    "PutImage",
    "putimage",
    "PUT*",
    "1.*",
    "latest",
    "run-1",
    "",
    "aws",
    "azure",
    "eu-west-1",
    "failure",
    "success",
    "ASIACI",
    "AWS Internal",
    "%",
    "_",
    "a\\b",
    "*_*",
    "*%*",
    "***",
  );
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      field: fc.constantFrom(...FIELDS.filter((field) => field !== "address")),
      op: fc.constantFrom("is", "glob"),
      values: fc.array(values, { minLength: 1, maxLength: 3 }),
      not: fc.boolean(),
    }),
    fc.record({
      field: fc.constant("address" as const),
      op: fc.constant("cidr" as const),
      values: fc.array(
        fc.constantFrom("10.0.0.0/8", "198.51.100.7/32", "0.0.0.0/0", "2001:db8::/32", "::/0"),
        { minLength: 1, maxLength: 2 },
      ),
      not: fc.boolean(),
    }),
  );

  test("match the same detections", async () => {
    const odd = trickyRecords().map((record, at) =>
      at % 7 === 3 ? { ...record, userAgent: "100%_sure a\\b", awsRegion: undefined as never } : record,
    );
    await importFile(lines([...odd, ...signalRecords()]));
    const client = await pool().connect();
    try {
      const { rows: keys } = await client.query(
        `select occurred_at as "occurredAt", event_id as "eventId", rule_id as "ruleId" from detection`,
      );
      const stored = await loadCandidates(client, keys);
      let hits = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 3 }), async (conditions) => {
          const expected = stored
            .filter(({ facts }) => matches(conditions, facts))
            .map(({ eventId }) => eventId)
            .sort();
          hits += expected.length;
          for (const where of [conditionsSql(conditions), await resolvedSql(client, conditions)]) {
            const query = Prisma.sql`select event_id from detection where ${where}`;
            const { rows } = await client.query<{ event_id: string }>(query.text, query.values);
            expect(rows.map(({ event_id }) => event_id).sort()).toEqual(expected);
          }
        }),
        { numRuns: 400 },
      );
      expect(hits).toBeGreaterThan(100);
    } finally {
      client.release();
    }
  });
});
