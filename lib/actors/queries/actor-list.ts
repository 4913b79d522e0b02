import { z } from "zod";
import { firstValueId } from "#lib/aggregates/first.ts";
import { db } from "#lib/db/client.ts";
import { type Cursor, cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { ActorRow } from "../actor.ts";
import { type ActorFilter, type ActorSort, seenBounds } from "../actor-filter.ts";
import { actorSummaryShape, summaryColumns, summaryOf } from "./actor-row.ts";

const { sql, join, empty } = Prisma;

const ACTORS_PER_PAGE = 50;
/** How many accounts a row names. */
const NAMED_ACCOUNTS = 2;

export type ActorPage = {
  rows: ActorRow[];
  /** Cursors of the neighbouring pages, where there are any. */
  previous: string | null;
  next: string | null;
};

/** One page of the actors that a filter asks for, in its order. */
export async function listActors(filter: ActorFilter, now: Date, cursorText?: string): Promise<ActorPage> {
  const order = ORDERS[filter.sort];
  const place = parsePlace(decodeCursor(cursorText), order);
  const backwards = place?.side === "before";
  const found = await findPage(filter, now, order, place);
  const hasMore = found.length > ACTORS_PER_PAGE;
  const rows = rowsSchema.parse(found.slice(0, ACTORS_PER_PAGE));
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const hasPrevious = backwards ? hasMore : place !== undefined;
  const hasNext = backwards || hasMore;
  return {
    rows,
    previous: first && hasPrevious ? encodeCursor({ side: "before", key: order.key(first) }) : null,
    next: last && hasNext ? encodeCursor({ side: "after", key: order.key(last) }) : null,
  };
}

/** How many actors a filter asks for, exactly. */
export async function countActors(filter: ActorFilter, now: Date): Promise<number> {
  const rows = await db().$queryRaw<unknown[]>`
    select count(*)::int as count from actor left join actor_tally tally on tally.actor_id = actor.id
    ${actorWhere(filter, now)}`;
  return z.array(z.object({ count: z.int() })).parse(rows)[0]?.count ?? 0;
}

/** The page and one row more, if there is one; backwards in the opposite order. What is counted is counted for them alone. */
async function findPage(
  filter: ActorFilter,
  now: Date,
  order: Order,
  place: Place | undefined,
): Promise<unknown[]> {
  const descending = place?.side === "before" ? !order.descending : order.descending;
  const beyond =
    place &&
    sql`(${order.column}, actor.id) ${descending ? sql`<` : sql`>`} (${place.value}, ${place.id}::uuid)`;
  const direction = descending ? sql`desc` : sql`asc`;
  return await db().$queryRaw<unknown[]>`
    with page as (
      select ${summaryColumns}, ${order.column} as sort_value
      from actor left join actor_tally tally on tally.actor_id = actor.id
      ${actorWhere(filter, now, beyond)}
      order by ${order.column} ${direction}, actor.id ${direction} limit ${ACTORS_PER_PAGE + 1}
    )
    select page.*, accounts.named as accounts, accounts.count as account_count, addresses.count as address_count,
      networks.count as network_count
    from page
    cross join lateral (
      select count(*)::int as count, coalesce((array_agg(value order by first_seen, value))[1:${NAMED_ACCOUNTS}::int], '{}') as named
      from actor_first where actor_id = page.id and field = 'account') accounts
    cross join lateral (
      select count(*)::int as count from actor_first where actor_id = page.id and field = 'address') addresses
    cross join lateral (select count(*)::int as count from actor_network where actor_id = page.id) networks
    order by page.sort_value ${direction}, page.id ${direction}`;
}

function actorWhere(filter: ActorFilter, now: Date, beyond?: Prisma.Sql): Prisma.Sql {
  const { from, to } = seenBounds(filter, now);
  const conditions = [
    ...(filter.q ? searched(filter.q) : []),
    ...(filter.platform ? [sql`actor.platform = ${filter.platform}`] : []),
    ...(filter.kind ? [sql`actor.kind = ${filter.kind}`] : []),
    ...(filter.account ? [actedIn(filter.account)] : []),
    ...(filter.open ? [sql`tally.open > 0`] : []),
    ...(from ? [sql`actor.last_seen >= ${from}`] : []),
    ...(to ? [sql`actor.last_seen <= ${to}`] : []),
    ...(filter.newFrom ? [sql`actor.first_seen >= ${filter.newFrom}`] : []),
    ...(filter.newTo ? [sql`actor.first_seen <= ${filter.newTo}`] : []),
    ...(beyond ? [beyond] : []),
  ];
  return conditions.length === 0 ? empty : sql`where ${join(conditions, " and ")}`;
}

/** All words, in any order, anywhere; `%` and `_` are characters like any other. */
function searched(text: string): Prisma.Sql[] {
  const words = text.toLowerCase().split(/\s+/);
  return words.map((word) => {
    const pattern = `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`;
    return sql`(actor.name ilike ${pattern} or actor.key ilike ${pattern} or actor.account ilike ${pattern})`;
  });
}

function actedIn(account: string): Prisma.Sql {
  return sql`exists (select from actor_first where actor_id = actor.id and field = 'account'
    and value_id = ${firstValueId("account", account)}::uuid)`;
}

/** By one value, and where it is the same by id. */
type Order = {
  descending: boolean;
  column: Prisma.Sql;
  key: (row: ActorRow) => string[];
  value: z.ZodType<Prisma.Sql>;
};

/** Where in an order a page begins, and on which side of it. */
type Place = { side: Cursor["side"]; value: Prisma.Sql; id: string };

const timeValue = cursorTimeSchema.transform((time) => sql`${time}::timestamptz`);
const countValue = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((digits) => sql`${BigInt(digits)}::bigint`);

function bySeen(descending: boolean): Order {
  const key = ({ lastSeen, id }: ActorRow) => [String(lastSeen.getTime()), id];
  return { descending, column: sql`actor.last_seen`, key, value: timeValue };
}

function byCount(descending: boolean, count: "events" | "detections" | "alerts" | "open"): Order {
  const column = sql`coalesce(tally.${Prisma.raw(count)}, 0)`;
  return { descending, column, key: (row) => [String(row[count]), row.id], value: countValue };
}

const ORDERS = {
  "-seen": bySeen(true),
  seen: bySeen(false),
  "-events": byCount(true, "events"),
  events: byCount(false, "events"),
  "-detections": byCount(true, "detections"),
  detections: byCount(false, "detections"),
  "-alerts": byCount(true, "alerts"),
  alerts: byCount(false, "alerts"),
  "-open": byCount(true, "open"),
  open: byCount(false, "open"),
} as const satisfies Record<ActorSort, Order>;

function parsePlace(cursor: Cursor | undefined, order: Order): Place | undefined {
  if (!cursor) return undefined;
  const parsed = z.tuple([order.value, z.guid()]).safeParse(cursor.key);
  return parsed.success ? { side: cursor.side, value: parsed.data[0], id: parsed.data[1] } : undefined;
}

const rowsSchema = z.array(
  z
    .object({
      ...actorSummaryShape,
      accounts: z.array(z.string()),
      account_count: z.int(),
      address_count: z.int(),
      network_count: z.int(),
    })
    .transform(
      (row): ActorRow => ({
        ...summaryOf(row),
        accounts: row.accounts,
        accountCount: row.account_count,
        addressCount: row.address_count,
        networkCount: row.network_count,
      }),
    ),
);
