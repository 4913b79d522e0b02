import { z } from "zod";
import { ALERT_VALUES } from "#lib/aggregates/commands/keep-numbers.ts";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Period } from "../period.ts";
import { TOP_KEYS, type TopKey, type Tops } from "../tops.ts";
import { cutDays, cutSpans, isUnfiltered, spanWhere } from "./counted-alerts.ts";

const { sql, join, empty, raw } = Prisma;

const MOST_VALUES = 10;

/** The ten commonest actors, images and addresses of a period's alerts, and the entries that suppress most of them. */
export async function listTops(alerts: AlertFilter, period: Period): Promise<Tops> {
  const counted = isUnfiltered(alerts) ? fromDays(alerts, period) : fromAlerts(alerts, period);
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with counted as (${counted})
      select counted.kind, value, now, before, coalesce(actor.name, image.name, 'ALW-' || allow_entry.number, value) as name,
        allow_entry.title
      from counted
      left join actor on actor.id = case when counted.kind = 'actor' then value::uuid end
      left join image on image.id = case when counted.kind = 'image' then value::uuid end
      left join allow_entry on allow_entry.id = case when counted.kind = 'entry' then value::uuid end
      order by now desc, name, value`,
  );
  const tops: Tops = { actor: [], image: [], address: [], entry: [] };
  for (const { kind, ...value } of rows) tops[kind].push(value);
  return tops;
}

/** From the numbers kept by day, but for the days that a border cuts: the same as from the alerts, in a fifth of the time. */
function fromDays(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql {
  const span = { from: before.from, to };
  const cut = cutDays([before.from, before.to, from, to]);
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
  // Of whole days the date alone tells on which side of a border they lie.
  const ofDays = sql`
    select field, value_id, value, sum(alerts) filter (where day >= ${date(from)}::date) as now,
      sum(alerts) filter (where day < ${date(before.to)}::date) as before
    from alert_day_value
    where field = any(${[...TOP_KEYS]}) and day >= ${date(before.from)}::date and day <= ${date(to - 1)}::date
      and not day = any(${cut.map(date)}::date[])
    group by field, value_id, value`;
  const ofAlerts = cutSpans(cut, span).map(
    (piece) => sql`
      select field, value_id, value, case when last_at >= ${new Date(from)} then 1 end as now,
        case when last_at < ${new Date(before.to)} then 1 end as before
      from (select * from alert ${spanWhere(alerts, piece)}) one cross join lateral (${raw(ALERT_VALUES)}) valued`,
  );
  return sql`
    select field as kind, coalesce(value, value_id::text) as value, now, before
    from (
      select *, row_number() over (partition by field order by now desc, coalesce(value, value_id::text)) as rank
      from (
        select field, value_id, value, coalesce(sum(now), 0)::int as now, coalesce(sum(before), 0)::int as before
        from (${join([ofDays, ...ofAlerts], " union all ")}) found group by field, value_id, value
      ) summed where now > 0
    ) ranked where rank <= ${MOST_VALUES}`;
}

function fromAlerts(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql {
  return sql`
    with found as materialized (
      select alert.last_at >= ${new Date(from)} as current, alert.actor_ids, alert.image_id, alert.source_ips,
        alert.entry_ids, alert.queue
      from alert ${spanWhere(alerts, { from: before.from, to })}
        and (alert.last_at >= ${new Date(from)} or alert.last_at < ${new Date(before.to)})
    ) ${join(
      TOP_KEYS.map((key) => top(alerts, key)),
      " union all ",
    )}`;
}

const rowsSchema = z.array(
  z.object({
    kind: z.enum(TOP_KEYS),
    value: z.string(),
    name: z.string(),
    title: z.string().nullable(),
    now: z.int(),
    before: z.int(),
  }),
);

/** Each kind's values of one alert, as a set of rows named `value`. */
const VALUES = {
  actor: sql`unnest(found.actor_ids)`,
  image: sql`(select found.image_id as value where found.image_id is not null)`,
  address: sql`unnest(found.source_ips)`,
  entry: sql`(select unnest(found.entry_ids) as value where found.queue = 'suppressed')`,
} as const satisfies Record<TopKey, Prisma.Sql>;

function top(alerts: AlertFilter, key: TopKey): Prisma.Sql {
  const offered = offeredValues(alerts, key);
  const ofThese = offered ? sql`where one.value::text = any(${offered}::text[])` : empty;
  return sql`(
    select ${key}::text as kind, one.value::text as value, count(*) filter (where current)::int as now,
      count(*) filter (where not current)::int as before
    from found cross join lateral ${VALUES[key]} as one (value) ${ofThese}
    group by one.value having count(*) filter (where current) > 0
    order by 3 desc, 2 limit ${raw(String(MOST_VALUES))}
  )`;
}
