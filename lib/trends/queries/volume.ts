import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES } from "#lib/detection/severity.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { VERDICTS } from "#lib/triage/alert.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Period } from "../period.ts";
import type { Stack } from "../trends-filter.ts";
import type { Count, Series, Volume } from "../volume.ts";
import { countedAlerts, dateOf, isUnfiltered, kindsOf, SEVERITY, timesParameter } from "./counted-alerts.ts";

const { sql, join, empty } = Prisma;

/** How many values of a kind that has many are told apart; the others are one. */
const MOST_VALUES = 6;

type Single = Extract<Stack, "severity" | "platform" | "verdict">;
type Several = Exclude<Stack, Single>;

/** How many alerts were active last in each bucket of a period, by a stack's values, and how many in the period before. */
export async function countVolume(alerts: AlertFilter, period: Period, stack: Stack): Promise<Volume> {
  const { before, buckets } = period;
  const borders = [before.from, before.to, ...buckets.map(({ from }) => from), period.to];
  const { days, single } = countedAlerts(alerts, { from: before.from, to: period.to }, borders);
  const sources = [
    // Of whole days the date alone tells between which borders they lie.
    ...(days
      ? [
          sql`select width_bucket(day, ${borders.map(dateOf)}::date[]) as place, given, covered, alerts from (
            select day, ${KEPT_COLUMN[stack]} as given, queue = 'suppressed' as covered, sum(alerts) as alerts
            from alert_day where ${days}${ofKinds(alerts, days)} group by 1, 2, 3
          ) daily`,
        ]
      : []),
    ...(single
      ? [
          sql`select width_bucket(alert.last_at, ${timesParameter(borders)}) as place, ${COLUMN[stack]} as given,
            alert.queue = 'suppressed' as covered, 1 as alerts from ${single}`,
        ]
      : []),
  ];
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with found as materialized (
        select place - 3 as bucket, given, covered, sum(alerts)::int as alerts
        from (${join(sources, " union all ")}) counted group by 1, 2, 3
      )${isSeveral(stack) ? several(alerts, stack) : ONE_VALUE}
      select bucket, 'total' as kind, '' as value, ${SUMS} from found group by bucket
      union all
      select bucket, kind, value, ${SUMS} from valued group by bucket, kind, value`,
  );
  return volumeOf(period, stack, rows);
}

const SUMS = sql`sum(alerts)::int as alerts, coalesce(sum(alerts) filter (where covered), 0)::int as suppressed`;

const KEPT_COLUMN = {
  severity: sql`severity`,
  platform: sql`platform`,
  verdict: sql`verdict`,
  rule: sql`rules`,
  account: sql`accounts`,
} as const satisfies Record<Stack, Prisma.Sql>;
const COLUMN = {
  severity: SEVERITY,
  platform: sql`alert.platform`,
  verdict: sql`alert.verdict`,
  rule: sql`alert.rules`,
  account: sql`alert.accounts`,
} as const satisfies Record<Stack, Prisma.Sql>;

function ofKinds(alerts: AlertFilter, days: Prisma.Sql): Prisma.Sql {
  return isUnfiltered(alerts) ? empty : sql` and id in (select alert.id from ${kindsOf(alerts, days)})`;
}

function isSeveral(stack: Stack): stack is Several {
  return stack === "rule" || stack === "account";
}

const ONE_VALUE = sql`, valued as (
    select bucket, case when given is null then 'none' else 'value' end as kind, coalesce(given, '') as value, alerts, covered
    from found
  )`;

/** Each alert under each of its values; under `others` when it has none of the commonest, or none at all. */
function several(alerts: AlertFilter, stack: Several): Prisma.Sql {
  const offered = offeredValues(alerts, stack);
  const ofThese = offered ? sql`where value = any(${offered}::text[])` : empty;
  return sql`, commonest as materialized (
    select value from found cross join lateral unnest(given) as value ${ofThese}
    group by value order by sum(alerts) filter (where bucket >= 0) desc nulls last, value limit ${MOST_VALUES}
  ), chosen as materialized (select coalesce(array_agg(value), '{}') as names from commonest), valued as (
    select bucket, 'value' as kind, value, alerts, covered
    from found cross join lateral unnest(given) as value join commonest using (value)
    union all
    select bucket, 'others', '', alerts, covered from found where not given && (select names from chosen)
  )`;
}

const rowsSchema = z.array(
  z.object({
    /** Of the period; -2 for the period before, -1 for what lies between. */
    bucket: z.int(),
    kind: z.enum(["total", "value", "none", "others"]),
    value: z.string(),
    alerts: z.int(),
    suppressed: z.int(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

const BEFORE = -2;
const KNOWN = {
  severity: [...SEVERITIES].reverse(),
  platform: PLATFORMS,
  verdict: VERDICTS,
} as const satisfies Record<Single, readonly string[]>;

function volumeOf(period: Period, stack: Stack, rows: readonly Row[]): Volume {
  const totals = seriesOf(
    period,
    rows.filter(({ kind }) => kind === "total"),
  );
  const series = KINDS.flatMap((kind) => {
    const byValue = Map.groupBy(
      rows.filter((row) => row.kind === kind),
      ({ value }) => value,
    );
    return [...byValue].map(([value, own]): Series => ({ kind, value, ...seriesOf(period, own) }));
  });
  const known: readonly string[] = isSeveral(stack) ? [] : KNOWN[stack];
  series.sort(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      known.indexOf(a.value) - known.indexOf(b.value) ||
      b.now.alerts - a.now.alerts ||
      (a.value < b.value ? -1 : 1),
  );
  return { buckets: period.buckets, totals: totals.counts, now: totals.now, before: totals.before, series };
}

const KINDS = ["value", "none", "others"] as const;

function seriesOf({ buckets }: Period, rows: readonly Row[]): { counts: Count[]; now: Count; before: Count } {
  const counts = buckets.map(() => ({ alerts: 0, suppressed: 0 }));
  const now = { alerts: 0, suppressed: 0 };
  const before = { alerts: 0, suppressed: 0 };
  for (const row of rows) {
    const inPeriod = counts[row.bucket];
    for (const count of inPeriod ? [inPeriod, now] : row.bucket === BEFORE ? [before] : []) {
      count.alerts += row.alerts;
      count.suppressed += row.suppressed;
    }
  }
  return { counts, now, before };
}
