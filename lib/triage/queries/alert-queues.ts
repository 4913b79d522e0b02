import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITY_FLOORS } from "#lib/detection/severity.ts";
import { type AlertFilter, leavesOutInfo, QUEUE_TABS, type QueueTab } from "../alert-filter.ts";
import { alertWhere, inTab } from "./alert-where.ts";

const { sql, join, raw } = Prisma;

export type QueueCounts = {
  byTab: Record<QueueTab, number>;
  /** Open alerts that are left out because they are no more than information. */
  infoLeftOut: number;
};

/** How many alerts of each list a filter asks for, exactly, in one pass over them. */
export async function countAlertsByQueue(filter: AlertFilter, now: Date): Promise<QueueCounts> {
  const counts = QUEUE_TABS.map((queue) => {
    const conditions = [sql`true`, ...inTab({ ...filter, queue })];
    return sql`count(*) filter (where ${join(conditions, " and ")})::int as ${raw(`"${queue}"`)}`;
  });
  const [row] = await db().$queryRaw<unknown[]>`
    select ${join(counts)},
      count(*) filter (where alert.queue = 'open' and alert.score < ${SEVERITY_FLOORS.low})::int as info
    from alert ${alertWhere({ ...filter, queue: "all" }, now)}`;
  const { info, ...byTab } = countsSchema.parse(row);
  return { byTab, infoLeftOut: leavesOutInfo(filter) ? info : 0 };
}

const countsSchema = z.object({
  open: z.int(),
  mine: z.int(),
  suppressed: z.int(),
  history: z.int(),
  closed: z.int(),
  all: z.int(),
  info: z.int(),
});
