import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { TIMING_CONDITIONS } from "#lib/triage/queries/alert-where.ts";
import type { Span } from "../buckets.ts";
import type { Period } from "../period.ts";
import { MEASURES, type Measure, type Times, type TimesTrend } from "../times.ts";
import { anytimeWhere, timesParameter } from "./counted-alerts.ts";

const { sql, join, raw } = Prisma;

/**
 * Who waits is told by the list's own conditions, so that the list shows the same alerts. Each span reads its own part of the
 * index: to look for each alert's bucket and to sort by it takes longer than to read all twice.
 */
export async function measureTimes(
  alerts: AlertFilter,
  { before, buckets, from, to }: Period,
): Promise<TimesTrend> {
  const spans: Span[] = [{ from, to }, before, ...buckets];
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      select measured.* from unnest(${timesParameter(spans.map((span) => span.from))}, ${timesParameter(spans.map((span) => span.to))})
        with ordinality as span (from_at, to_at, place)
      cross join lateral (
        select ${QUANTILES},
          count(*) filter (where ${TIMING_CONDITIONS.unacknowledged})::int as waiting_acknowledge,
          count(*) filter (where ${TIMING_CONDITIONS.unclosed})::int as waiting_close
        from alert ${anytimeWhere({ ...alerts, timing: "visible" })} and alert.last_at >= span.from_at and alert.last_at < span.to_at
      ) measured
      order by place`,
  );
  return {
    buckets,
    byBucket: buckets.map((_, at) => timesOf(rows[at + 2])),
    now: timesOf(rows[0]),
    before: timesOf(rows[1]),
  };
}

/** Written as in the index `alert_times_idx`, which holds these: to compute them takes longer than all the rest. */
const SECONDS = {
  acknowledge: sql`date_part('epoch', alert.acknowledged_at - alert.visible_at)`,
  close: sql`date_part('epoch', alert.closed_at - alert.visible_at)`,
  lag: sql`date_part('epoch', alert.visible_at - alert.first_at)`,
} as const satisfies Record<Measure, Prisma.Sql>;

/** What is stored late, or taken up before it stood in the queue, took no time at all. `greatest` would make nothing of null. */
const QUANTILES = join(
  MEASURES.map((measure) => {
    const seconds = SECONDS[measure];
    return sql`percentile_cont(array[0.5, 0.9]) within group (order by greatest(${seconds}, 0))
        filter (where ${seconds} is not null) as ${raw(measure)},
      count(${seconds})::int as ${raw(`${measure}_count`)}`;
  }),
);

const quantiles = z.tuple([z.number().nullable(), z.number().nullable()]).nullable();
const rowsSchema = z.array(
  z.object({
    acknowledge: quantiles,
    acknowledge_count: z.int(),
    close: quantiles,
    close_count: z.int(),
    lag: quantiles,
    lag_count: z.int(),
    waiting_acknowledge: z.int(),
    waiting_close: z.int(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

function timesOf(row: Row | undefined): Times {
  const measured = (measure: Measure) => ({
    p50: row?.[measure]?.[0] ?? null,
    p90: row?.[measure]?.[1] ?? null,
    count: row?.[`${measure}_count`] ?? 0,
  });
  return {
    acknowledge: measured("acknowledge"),
    close: measured("close"),
    lag: measured("lag"),
    waiting: { acknowledge: row?.waiting_acknowledge ?? 0, close: row?.waiting_close ?? 0 },
  };
}
