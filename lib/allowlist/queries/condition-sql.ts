import type { Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { likePattern } from "#lib/glob.ts";
import { type Condition, type Field, foldCase } from "../condition.ts";

type Sql = Prisma.Sql;
const { sql, join } = Prisma;

/** The same as `matches`, over rows of `detection`. A test holds the two to the same answers. */
export function conditionsSql(conditions: readonly Condition[]): Sql {
  return conditions.length === 0 ? sql`true` : join(conditions.map(conditionSql), " and ");
}

function conditionSql(condition: Condition): Sql {
  const { field, not } = condition;
  if (field === "address") {
    return known(sql`detection.address`, sql`detection.address <<= any(${condition.values}::inet[])`, not);
  }
  if (field === "actor" || field === "image") return keyed(field, condition);
  const column = COLUMNS[field];
  return known(column, holds(compared(field, column), condition), not);
}

/** What a record does not say satisfies neither a condition nor its opposite. */
function known(column: Sql, test: Sql, not: boolean): Sql {
  return not ? sql`(${column} is not null and not ${test})` : test;
}

/** Actors and images are rows of their own: few against the detections that name them. */
function keyed(table: "actor" | "image", condition: Condition): Sql {
  const column = KEYED[table];
  return known(column, sql`${column} in (${idsSql(table, condition)})`, condition.not);
}

function idsSql(table: "actor" | "image", condition: Condition): Sql {
  const from = table === "actor" ? sql`actor` : sql`image`;
  return sql`select named.id from ${from} named where ${holds(sql`named.key`, condition)}`;
}

const KEYED = { actor: sql`detection.actor_id`, image: sql`detection.image_id` } as const;

/**
 * The same with the ids of actors and images looked up beforehand. PostgreSQL then knows which of them make a fifth of the
 * store, and does not fetch those row by row.
 */
export async function resolvedSql(
  client: Pick<Transaction, "query">,
  conditions: readonly Condition[],
): Promise<Sql> {
  const parts: Sql[] = [];
  for (const condition of conditions) {
    const { field, not } = condition;
    if (field !== "actor" && field !== "image") {
      parts.push(conditionSql(condition));
      continue;
    }
    const query = idsSql(field, condition);
    const { rows } = await client.query<{ id: string }>(query.text, query.values);
    const column = KEYED[field];
    parts.push(known(column, sql`${column} = any(${rows.map(({ id }) => id)}::uuid[])`, not));
  }
  return parts.length === 0 ? sql`true` : join(parts, " and ");
}

function holds(column: Sql, { field, op, values }: Condition): Sql {
  const given = field === "operation" ? values.map(foldCase) : values;
  return op === "is"
    ? sql`${column} = any(${given}::text[])`
    : sql`${column} like any(${given.map(likePattern)}::text[])`;
}

/** Folds ASCII letters only, as `foldCase` does. */
function compared(field: Field, column: Sql): Sql {
  return field === "operation" ? sql`lower(${column} collate "C")` : column;
}

const COLUMNS = {
  operation: sql`detection.operation`,
  rule: sql`detection.rule_id`,
  platform: sql`detection.platform`,
  account: sql`detection.account`,
  region: sql`detection.region`,
  tag: sql`detection.tag`,
  session: sql`detection.session`,
  accessKey: sql`detection.access_key`,
  userAgent: sql`detection.user_agent`,
  outcome: sql`detection.outcome`,
} as const satisfies Partial<Record<Field, Sql>>;
