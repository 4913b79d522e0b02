import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { storedConditionsSchema } from "../condition.ts";
import { WATCH_FIELDS } from "../watch.ts";
import { conditionsSql } from "./condition-sql.ts";

const { sql, join } = Prisma;

/** Names a detection. */
export type TouchedKey = { occurredAt: Date; eventId: string; ruleId: string };

/** The stored detections that an entry or a watch item may have something to say about, or has had. */
export type Touched = {
  count: (client: Transaction) => Promise<number>;
  /** In the order of their keys, after one of them. */
  list: (client: Transaction, after: TouchedKey | null, limit: number) => Promise<TouchedKey[]>;
};

const intervalsSchema = z.array(
  z.object({
    conditions: storedConditionsSchema,
    from: z.date(),
    to: z.date(),
  }),
);

/** What any version of the entry matches in its time, and what it has hit. */
export async function touchedByEntry(client: Transaction, entryId: string): Promise<Touched> {
  const { rows } = await client.query(
    `select conditions, min(starts_at) as "from", max(ends_at) as "to" from allow_interval
     where entry_id = $1 and starts_at < ends_at group by conditions`,
    [entryId],
  );
  const matching = intervalsSchema.parse(rows).map(({ conditions, from, to }) => ({
    table: sql`detection`,
    where: sql`${conditionsSql(conditions)} and occurred_at >= ${from} and occurred_at < ${to}`,
  }));
  return touched([{ table: sql`allow_hit`, where: sql`entry_id = ${entryId}::uuid` }, ...matching]);
}

const watchedSchema = z.tuple([z.object({ field: z.enum(WATCH_FIELDS), value: z.string() })]);

export async function touchedByWatchItem(client: Transaction, itemId: string): Promise<Touched> {
  const { rows } = await client.query("select field, value from watch_item where id = $1", [itemId]);
  const [{ field, value }] = watchedSchema.parse(rows);
  const op = field === "address" ? "cidr" : "is";
  const where = conditionsSql([{ field, op, values: [value], not: false }]);
  return touched([{ table: sql`detection`, where }]);
}

const KEY = sql`occurred_at, event_id, rule_id`;

/** Each part is walked in the order of its keys, so that a chunk far in costs what the first costs. */
function touched(parts: readonly { table: Prisma.Sql; where: Prisma.Sql }[]): Touched {
  const select = (rest: Prisma.Sql) =>
    join(
      parts.map(({ table, where }) => sql`(select ${KEY} from ${table} where ${where} ${rest})`),
      " union ",
    );
  return {
    count: async (client) => {
      const query = sql`select count(*)::int as count from (${select(Prisma.empty)}) touched`;
      const { rows } = await client.query<{ count: number }>(query.text, query.values);
      return rows[0]?.count ?? 0;
    },
    list: async (client, after, limit) => {
      const place = after
        ? sql`and (${KEY}) > (${after.occurredAt}::timestamptz, ${after.eventId}::uuid, ${after.ruleId})`
        : Prisma.empty;
      const first = sql`order by ${KEY} limit ${limit}`;
      const query = sql`
        select occurred_at as "occurredAt", event_id as "eventId", rule_id as "ruleId"
        from (${select(sql`${place} ${first}`)}) touched ${first}`;
      return (await client.query<TouchedKey>(query.text, query.values)).rows;
    },
  };
}
