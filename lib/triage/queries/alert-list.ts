import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { type Cursor, cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertRow } from "../alert.ts";
import type { AlertFilter, AlertSort } from "../alert-filter.ts";
import { alertColumns, alertJoins, alertRowsSchema } from "./alert-row.ts";
import { alertWhere } from "./alert-where.ts";

const { sql, join } = Prisma;

const ALERTS_PER_PAGE = 50;

export type AlertPage = {
  rows: AlertRow[];
  /** Cursors of the neighbouring pages, where there are any. */
  newer: string | null;
  older: string | null;
};

/** One page of the alerts that a filter asks for, in its order. A page deep down costs what the first costs. */
export async function listAlerts(filter: AlertFilter, now: Date, cursorText?: string): Promise<AlertPage> {
  const order = ORDERS[filter.sort];
  const cursor = parseKey(decodeCursor(cursorText), order);
  const found = await findPage(filter, now, order, cursor);
  const more = found.length > ALERTS_PER_PAGE;
  const rows = alertRowsSchema.parse(found.slice(0, ALERTS_PER_PAGE));
  const backwards = cursor?.side === "before";
  if (backwards) rows.reverse();
  const hasNewer = backwards ? more : cursor !== undefined;
  const hasOlder = backwards || more;
  const [first] = rows;
  const last = rows.at(-1);
  return {
    rows,
    newer: first && hasNewer ? encode("before", first, order) : null,
    older: last && hasOlder ? encode("after", last, order) : null,
  };
}

/** The page and one row more, if there is one; backwards in the opposite order. */
async function findPage(
  filter: AlertFilter,
  now: Date,
  order: Order,
  cursor: Place | undefined,
): Promise<unknown[]> {
  const descending = cursor?.side === "before" ? !order.descending : order.descending;
  const where = alertWhere(filter, now);
  const joint = where === Prisma.empty ? sql`where` : sql`and`;
  const place = cursor ? sql`${joint} ${beyond(order, cursor.key, descending)}` : Prisma.empty;
  const direction = descending ? sql`desc` : sql`asc`;
  const sorted = sql`order by ${join(order.columns.map((column) => sql`${column} ${direction}`))}`;
  return await db().$queryRaw<unknown[]>`
    select ${alertColumns}
    from (select * from alert ${where} ${place} ${sorted} limit ${ALERTS_PER_PAGE + 1}) alert
    ${alertJoins} ${sorted}`;
}

/** An alert by its number, or null. */
export async function getAlert(number: number): Promise<AlertRow | null> {
  const found = await db().$queryRaw<unknown[]>`
    select ${alertColumns}
    from alert ${alertJoins}
    where alert.number = ${number}`;
  return alertRowsSchema.parse(found)[0] ?? null;
}

/** Sort keys of a row, as a URL holds them: the values of the order's columns. */
type Order = {
  descending: boolean;
  columns: Prisma.Sql[];
  key: (row: AlertRow) => string[];
  /** The same as SQL parameters; null when they are none. */
  parse: (key: readonly string[]) => Prisma.Sql[] | null;
};

/** Where in an order a page begins, and on which side of it. */
type Place = { side: Cursor["side"]; key: Prisma.Sql[] };

const TIME_COLUMNS = [sql`alert.last_at`, sql`alert.id`];
const timeKey = ({ lastAt, id }: AlertRow) => [String(lastAt.getTime()), id];
const numberKeySchema = z.coerce.number().pipe(z.int32());
const timeKeySchema = z.tuple([cursorTimeSchema, z.guid()]);

function parseTimeKey(key: readonly string[]): Prisma.Sql[] | null {
  const parsed = timeKeySchema.safeParse(key);
  return parsed.success ? [sql`${parsed.data[0]}`, sql`${parsed.data[1]}::uuid`] : null;
}

function byTime(descending: boolean): Order {
  return { descending, columns: TIME_COLUMNS, key: timeKey, parse: parseTimeKey };
}

/** By a number, and within it by time. */
function byNumber(descending: boolean, column: Prisma.Sql, value: (row: AlertRow) => number): Order {
  return {
    descending,
    columns: [column, ...TIME_COLUMNS],
    key: (row) => [String(value(row)), ...timeKey(row)],
    parse: ([first, ...rest]) => {
      const number = numberKeySchema.safeParse(first);
      const time = parseTimeKey(rest);
      return number.success && time ? [sql`${number.data}::int`, ...time] : null;
    },
  };
}

const ORDERS = {
  "-time": byTime(true),
  time: byTime(false),
  "-severity": byNumber(true, sql`alert.score`, ({ score }) => score),
  severity: byNumber(false, sql`alert.score`, ({ score }) => score),
  "-count": byNumber(true, sql`alert.detection_count`, ({ detectionCount }) => detectionCount),
  count: byNumber(false, sql`alert.detection_count`, ({ detectionCount }) => detectionCount),
} as const satisfies Record<AlertSort, Order>;

/** A row comparison: unlike a chain of `or`, PostgreSQL walks the index from it. */
function beyond(order: Order, key: readonly Prisma.Sql[], descending: boolean): Prisma.Sql {
  return sql`(${join(order.columns)}) ${descending ? sql`<` : sql`>`} (${join([...key])})`;
}

function parseKey(cursor: Cursor | undefined, order: Order): Place | undefined {
  const key = cursor && order.parse(cursor.key);
  return cursor && key ? { side: cursor.side, key } : undefined;
}

function encode(side: Cursor["side"], row: AlertRow, order: Order): string {
  return encodeCursor({ side, key: order.key(row) });
}
