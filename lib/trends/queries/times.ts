import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { TIMING_CONDITIONS } from "#lib/triage/queries/alert-where.ts";
import type { Period } from "../period.ts";
import { MEASURES, type Measure, type Times, type TimesTrend } from "../times.ts";
import { spanWhere, timesParameter } from "./counted-alerts.ts";

const { sql, join, raw } = Prisma;

/** Who waits is told by the list's own conditions, so that the list shows the same alerts. */
export async function measureTimes(alerts: AlertFilter, period: Period): Promise<TimesTrend> {
  const { before, buckets, from, to } = period;
  const borders = [before.from, before.to, ...buckets.map((bucket) => bucket.from), to];
  const timed = { ...alerts, timing: "visible" } as const;
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with found as materialized (
        select width_bucket(alert.last_at, ${timesParameter(borders)}) - 3 as bucket, ${SECONDS},
          ${TIMING_CONDITIONS.unacknowledged} as unacknowledged, ${TIMING_CONDITIONS.unclosed} as unclosed
        from alert ${spanWhere(timed, { from: before.from, to })}
          and (alert.last_at >= ${new Date(from)} or alert.last_at < ${new Date(before.to)})
      )
      select bucket, bucket >= 0 as current, ${QUANTILES},
        count(*) filter (where unacknowledged)::int as waiting_acknowledge,
        count(*) filter (where unclosed)::int as waiting_close
      from found group by grouping sets ((bucket >= 0, bucket), (bucket >= 0))`,
  );
  const [now, earlier] = [true, false].map((current) =>
    rows.find((row) => row.bucket === null && row.current === current),
  );
  return {
    buckets,
    byBucket: buckets.map((_, at) => timesOf(rows.find(({ bucket }) => bucket === at))),
    now: timesOf(now),
    before: timesOf(earlier),
  };
}

/** Written as in the index `alert_times_idx`, which holds these: to compute them takes longer than all the rest. */
const SECONDS = sql`date_part('epoch', alert.acknowledged_at - alert.visible_at) as acknowledge,
  date_part('epoch', alert.closed_at - alert.visible_at) as close,
  date_part('epoch', alert.visible_at - alert.first_at) as lag`;

/** What is stored late, or taken up before it stood in the queue, took no time at all. `greatest` would make nothing of null. */
const QUANTILES = join(
  MEASURES.map((measure) => {
    const seconds = raw(measure);
    return sql`percentile_cont(array[0.5, 0.9]) within group (order by greatest(${seconds}, 0))
        filter (where ${seconds} is not null) as ${seconds},
      count(${seconds})::int as ${raw(`${measure}_count`)}`;
  }),
);

const quantiles = z.tuple([z.number().nullable(), z.number().nullable()]).nullable();
const rowsSchema = z.array(
  z.object({
    bucket: z.int().nullable(),
    current: z.boolean().nullable(),
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
