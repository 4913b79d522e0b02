import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES } from "#lib/detection/severity.ts";
import { JUDGING_VERDICTS, NOISE_VERDICTS, VERDICTS } from "#lib/triage/alert.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Change, Mix, ValueChange } from "../mix.ts";
import type { Period } from "../period.ts";
import { countedAlerts, dateOf, kindsOf, SEVERITY } from "./counted-alerts.ts";

const { sql, join, empty } = Prisma;

const COLUMNS = sql`alert.platform, alert.rules, alert.verdict, alert.queue`;

/** The alerts of a period and of the one before by what they were and what became of them, in one pass. */
export async function countMix(alerts: AlertFilter, period: Period): Promise<Mix> {
  const { before, from, to } = period;
  const { days, single } = countedAlerts(alerts, { from: before.from, to }, [before.to, from]);
  // Of whole days the date alone tells on which side of a border they lie.
  const daily = sql`coalesce(sum(alerts) filter (where day >= ${dateOf(from)}::date), 0) as now,
    coalesce(sum(alerts) filter (where day < ${dateOf(before.to)}::date), 0) as before`;
  const sides = sql`(alert.last_at >= ${new Date(from)})::int as now, (alert.last_at < ${new Date(before.to)})::int as before`;
  const sources = [
    ...(days ? [sql`select ${COLUMNS}, now, before, severity from ${kindsOf(alerts, days, daily)}`] : []),
    ...(single ? [sql`select ${COLUMNS}, ${sides}, ${SEVERITY} as severity from ${single}`] : []),
  ];
  const offered = offeredValues(alerts, "rule");
  const ofRules = offered ? sql`where value = any(${offered}::text[])` : empty;
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with counted as materialized (
        select severity, platform, rules, verdict, queue, sum(now) as now, sum(before) as before
        from (${join(sources, " union all ")}) found where now + before > 0
        group by severity, platform, rules, verdict, queue
      )
      select 'all' as kind, '' as value, coalesce(sum(now), 0)::int as now, coalesce(sum(before), 0)::int as before
      from counted
      union all
      select 'suppressed', '', coalesce(sum(now), 0)::int, coalesce(sum(before), 0)::int
      from counted where queue = 'suppressed'
      union all select 'severity', severity, sum(now)::int, sum(before)::int from counted group by severity
      union all select 'platform', platform, sum(now)::int, sum(before)::int from counted group by platform
      union all
      select 'verdict', verdict, sum(now)::int, sum(before)::int from counted where verdict is not null group by verdict
      union all
      select 'rule', value, sum(now)::int, sum(before)::int
      from counted cross join lateral unnest(rules) as value ${ofRules} group by value
      union all
      select kind, value, sum(now)::int, sum(before)::int
      from (select * from counted cross join lateral unnest(rules) as value ${ofRules}) counted
      join (values ('judged', ${[...JUDGING_VERDICTS]}::text[]), ('noise', ${[...NOISE_VERDICTS]}::text[]))
        as kinds (kind, verdicts) on verdict = any(verdicts)
      group by kind, value`,
  );
  return mixOf(rows);
}

const rowsSchema = z.array(
  z.object({
    kind: z.enum(["all", "suppressed", "severity", "platform", "verdict", "rule", "judged", "noise"]),
    value: z.string(),
    now: z.int(),
    before: z.int(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

function mixOf(rows: readonly Row[]): Mix {
  const of = (kind: Row["kind"]): ValueChange[] =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ value, now, before }) => ({ value, now, before }))
      .sort((a, b) => b.now - a.now || b.before - a.before || (a.value < b.value ? -1 : 1));
  const verdicts = of("verdict");
  const noise = new Map(of("noise").map(({ value, ...change }) => [value, change]));
  return {
    all: sumOf(of("all")),
    suppressed: sumOf(of("suppressed")),
    severities: ordered(SEVERITIES.toReversed(), of("severity")),
    platforms: of("platform"),
    rules: of("rule"),
    verdicts: ordered(VERDICTS, verdicts),
    noise: {
      judged: sumOf(ordered(JUDGING_VERDICTS, verdicts)),
      noise: sumOf(ordered(NOISE_VERDICTS, verdicts)),
    },
    noiseByRule: of("judged").map(({ value, now, before }) => ({
      rule: value,
      judged: { now, before },
      noise: noise.get(value) ?? { now: 0, before: 0 },
    })),
  };
}

/** The values in their own order; those that no alert has with zeros. */
function ordered<Value extends string>(
  values: readonly Value[],
  changes: readonly ValueChange[],
): (Change & { value: Value })[] {
  return values.map((value) => ({
    value,
    now: changes.find((change) => change.value === value)?.now ?? 0,
    before: changes.find((change) => change.value === value)?.before ?? 0,
  }));
}

function sumOf(changes: readonly Change[]): Change {
  return changes.reduce<Change>(
    (sum, { now, before }) => ({ now: sum.now + now, before: sum.before + before }),
    { now: 0, before: 0 },
  );
}
