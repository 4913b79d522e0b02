import { z } from "zod";
import { inSnapshot, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { EventKey } from "../event-key.ts";
import type { Plan } from "./event-where.ts";

type Sql = Prisma.Sql;
const { sql, join, empty } = Prisma;

/** How much of the store one answer may look through. */
export type Effort = {
  /** Events looked at in the first step; further ones take twice as many as long as that is quick, up to `largestStep`. */
  firstStep: number;
  largestStep: number;
  /** No further step begins after so long. */
  budgetMs: number;
  clock: () => number;
};

/** A reader waits no longer than this for an answer that may be partial. */
export const USUAL_EFFORT: Effort = {
  firstStep: 1_000,
  largestStep: 20_000,
  budgetMs: 300,
  clock: () => performance.now(),
};

/** Where a walk begins: beyond an event, or with it. */
export type Start = { at: EventKey; inclusive: boolean };

/** Events one after another, in the order of the walk. */
export type Walk = { plan: Plan; descending: boolean; start: Start | undefined };

export type Found = {
  keys: EventKey[];
  /** The last event that was looked at, when the effort was spent before all was found; null: there is no more. */
  spentAt: EventKey | null;
};

/**
 * A transaction in which events are looked for. A plan that reads all that an index leads to and sorts it would look cheaper
 * than it is, because nobody can tell beforehand how soon a walk ends.
 */
export async function inWalk<Result>(run: (client: Transaction) => Promise<Result>): Promise<Result> {
  return await inSnapshot(async (client) => {
    await client.query(
      `select set_config(name, 'off', true)
       from unnest(array['enable_sort', 'enable_seqscan', 'enable_bitmapscan', 'jit']) as name`,
    );
    return await run(client);
  });
}

/** The first so many events of a walk that pass its plan's test, as far as the effort reaches. */
export async function findAlong(
  client: Transaction,
  walk: Walk,
  wanted: number,
  effort: Effort,
): Promise<Found> {
  const keys: EventKey[] = [];
  let start = walk.start;
  for (const size of steps(effort)) {
    const step = await run(client, pick(walk, start, size, wanted - keys.length));
    keys.push(...step.filter(({ matches }) => matches).map(({ occurredAt, id }) => ({ occurredAt, id })));
    const end = step.find(({ n }) => n === size);
    if (keys.length >= wanted || !end) return { keys, spentAt: null };
    start = { at: { occurredAt: end.occurredAt, id: end.id }, inclusive: false };
  }
  return { keys, spentAt: start?.at ?? null };
}

export type Counted = {
  count: number;
  /** Why it may be more: there are more than were asked for, or the effort was spent. */
  bound: "limit" | "effort" | null;
};

/** How many events pass, up to a limit. */
export async function countAlong(
  client: Transaction,
  walk: Walk,
  limit: number,
  effort: Effort,
): Promise<Counted> {
  let count = 0;
  let start = walk.start;
  for (const size of steps(effort)) {
    const [step] = countRowsSchema.parse((await query(client, tally(walk, start, size))).rows);
    count += step?.count ?? 0;
    if (count > limit) return { count: limit, bound: "limit" };
    if (!step?.occurred_at || !step.id) return { count, bound: null };
    start = { at: { occurredAt: step.occurred_at, id: step.id }, inclusive: false };
  }
  return { count, bound: "effort" };
}

/** The sizes of the steps, as long as the budget lasts; at least one, so that going on always gets on. */
function* steps({ firstStep, largestStep, budgetMs, clock }: Effort): Generator<number> {
  const began = clock();
  let [size, spent] = [Math.min(firstStep, largestStep), 0];
  do {
    yield size;
    const now = clock() - began;
    // A step that took a good part of the budget is long enough: one twice as long might overrun it.
    if (now - spent < budgetMs / 8) size = Math.min(size * 2, largestStep);
    spent = now;
  } while (spent < budgetMs);
}

/** The events of a step that pass, and its last one, by which a full step is known. */
function pick(walk: Walk, start: Start | undefined, size: number, wanted: number): Sql {
  const direction = walk.descending ? sql`desc` : sql`asc`;
  return sql`
    select occurred_at, id, n, matches from (${lookedAt(walk, start, size)}) looked
    where matches or n = ${size}::bigint
    order by occurred_at ${direction}, id ${direction} limit ${wanted}`;
}

function tally(walk: Walk, start: Start | undefined, size: number): Sql {
  return sql`
    select (count(*) filter (where matches))::int as count,
      max(occurred_at) filter (where n = ${size}::bigint) as occurred_at,
      max(id::text) filter (where n = ${size}::bigint) as id
    from (${lookedAt(walk, start, size)}) looked`;
}

/** A step's events in order, each with its place and whether it passes. */
function lookedAt({ plan, descending, start: _ }: Walk, start: Start | undefined, size: number): Sql {
  const direction = descending ? sql`desc` : sql`asc`;
  const [time, id] =
    plan.along === "event"
      ? [sql`event.occurred_at`, sql`event.id`]
      : [sql`key.occurred_at`, sql`key.event_id`];
  const conditions = [
    ...plan.lead,
    ...(plan.since ? [sql`${time} >= ${plan.since}::timestamptz`] : []),
    ...(plan.until ? [sql`${time} <= ${plan.until}::timestamptz`] : []),
    ...(start ? [beyond(sql`(${time}, ${id})`, start, descending)] : []),
  ];
  const where = conditions.length > 0 ? sql`where ${join(conditions, " and ")}` : empty;
  const order = sql`order by ${time} ${direction}, ${id} ${direction}`;
  const matches = plan.rest.length > 0 ? sql`(${join(plan.rest, " and ")})` : sql`true`;
  if (plan.along === "event") {
    return sql`
      select event.occurred_at, event.id, row_number() over (${order}) as n, ${matches} as matches
      from ${plan.from} ${where} ${order} limit ${size}`;
  }
  // A table that names events may name one several times, one after another. The lateral subquery keeps its order.
  return sql`
    select step.occurred_at, step.event_id as id, step.n, ${matches} as matches
    from (
      select key.occurred_at, key.event_id, row_number() over (order by key.occurred_at ${direction}, key.event_id ${direction}) as n
      from (select distinct ${time}, ${id} from ${plan.from} ${where} ${order} limit ${size}) key
    ) step
    left join lateral (
      select * from event where event.occurred_at = step.occurred_at and event.id = step.event_id offset 0
    ) event on true`;
}

/** A row comparison: unlike a chain of `or`, PostgreSQL walks the index from it. */
function beyond(row: Sql, { at, inclusive }: Start, descending: boolean): Sql {
  const than = descending ? (inclusive ? sql`<=` : sql`<`) : inclusive ? sql`>=` : sql`>`;
  return sql`${row} ${than} (${at.occurredAt}::timestamptz, ${at.id}::uuid)`;
}

const stepRowsSchema = z.array(
  z
    .object({
      occurred_at: z.date(),
      id: z.guid(),
      n: z.coerce.number().int(),
      matches: z.boolean().nullable(),
    })
    .transform(({ occurred_at, ...row }) => ({ ...row, occurredAt: occurred_at })),
);

const countRowsSchema = z.array(
  z.object({ count: z.int(), occurred_at: z.date().nullable(), id: z.guid().nullable() }),
);

async function run(client: Transaction, statement: Sql): Promise<z.infer<typeof stepRowsSchema>> {
  return stepRowsSchema.parse((await query(client, statement)).rows);
}

function query(client: Transaction, statement: Sql) {
  return client.query<Record<string, unknown>>(statement.text, statement.values);
}
