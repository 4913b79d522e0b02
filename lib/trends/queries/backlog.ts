import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { alertWhere } from "#lib/triage/queries/alert-where.ts";
import { AGES, ofAge, openOf } from "../backlog.ts";

const { sql, join, raw } = Prisma;

/** How many alerts are open, by how long they have been: one number for each of the ages. */
export async function countBacklog(alerts: AlertFilter, now: Date): Promise<number[]> {
  const since = sql`coalesce(alert.visible_at, alert.created_at)`;
  const counts = AGES.map((_, at) => {
    const { visibleFrom, visibleTo } = ofAge(alerts, at, now);
    const bounds = [
      sql`true`,
      ...(visibleFrom ? [sql`${since} >= ${visibleFrom}`] : []),
      ...(visibleTo ? [sql`${since} <= ${visibleTo}`] : []),
    ];
    return sql`count(*) filter (where ${join(bounds, " and ")})::int as ${raw(`"${at}"`)}`;
  });
  const [row] = await db().$queryRaw<unknown[]>`
    select ${join(counts)} from alert ${alertWhere(openOf(alerts), now)}`;
  const found = z.record(z.string(), z.int()).parse(row);
  return AGES.map((_, at) => found[at] ?? 0);
}
