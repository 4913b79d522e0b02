import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { type AlertFilter, isFiltered } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Period } from "../period.ts";
import { TOP_KEYS, type TopKey, type Tops } from "../tops.ts";
import { cutDays, piecesOf, spanWhere, timesParameter } from "./counted-alerts.ts";

const { sql, join, empty } = Prisma;

const MOST_VALUES = 10;

/** The ten commonest actors, images and addresses of a period's alerts, and the entries that suppress most of them. */
export async function listTops(alerts: AlertFilter, period: Period): Promise<Tops> {
  const counted = isFiltered(alerts) ? ofAlerts(alerts, period) : ofDays(alerts, period);
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with ${counted}, ranked as (
        select *, row_number() over (partition by kind order by now desc, value) as place from counted where now > 0
      )
      select ranked.kind, value, now, before,
        coalesce(actor.name, image.name, 'ALW-' || allow_entry.number, value) as name, allow_entry.title
      from ranked
      left join actor on actor.id = case when ranked.kind = 'actor' then value::uuid end
      left join image on image.id = case when ranked.kind = 'image' then value::uuid end
      left join allow_entry on allow_entry.id = case when ranked.kind = 'entry' then value::uuid end
      where place <= ${MOST_VALUES}
      order by now desc, name, value`,
  );
  const tops: Tops = { actor: [], image: [], address: [], entry: [] };
  for (const { kind, ...value } of rows) tops[kind].push(value);
  return tops;
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
  actor: sql`unnest(alert.actor_ids)`,
  image: sql`(select alert.image_id as value where alert.image_id is not null)`,
  address: sql`unnest(alert.source_ips)`,
  entry: sql`(select unnest(alert.entry_ids) as value where alert.queue = 'suppressed')`,
} as const satisfies Record<TopKey, Prisma.Sql>;

/** Counted among the alerts themselves. */
function ofAlerts(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql {
  const counts = TOP_KEYS.map((key) => {
    const offered = offeredValues(alerts, key);
    const ofThese = offered ? sql`where one.value::text = any(${offered}::text[])` : empty;
    return sql`select ${key}::text as kind, one.value::text as value, count(*) filter (where current)::int as now,
        count(*) filter (where not current)::int as before
      from found alert cross join lateral ${VALUES[key]} as one (value) ${ofThese} group by one.value`;
  });
  return sql`found as materialized (
    select alert.last_at >= ${new Date(from)} as current, alert.actor_ids, alert.image_id, alert.source_ips,
      alert.entry_ids, alert.queue
    from alert ${spanWhere(alerts, { from: before.from, to })}
      and (alert.last_at >= ${new Date(from)} or alert.last_at < ${new Date(before.to)})
  ), counted as (${join(counts, " union all ")})`;
}

/** Added up from the numbers kept by day, which know no filter; days that a border cuts are counted among the alerts. */
function ofDays(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql {
  const span = { from: before.from, to };
  const cut = cutDays([before.from, before.to, from, to]);
  const pieces = piecesOf(span, cut).flatMap((piece) =>
    TOP_KEYS.map(
      (key) => sql`
        select ${key}::text, ${key === "address" ? sql`md5(one.value)::uuid` : sql`one.value`},
          ${key === "address" ? sql`one.value` : sql`null`}, alert.last_at, 1
        from alert cross join lateral ${VALUES[key]} as one (value) ${spanWhere(alerts, piece)}`,
    ),
  );
  const days = sql`
    select field as kind, value_id, value, day::timestamp at time zone 'UTC' as last_at, alerts from alert_day_value
    where day >= (${new Date(span.from)} at time zone 'UTC')::date and day < (${new Date(span.to)} at time zone 'UTC')::date
      and field = any(${[...TOP_KEYS]}::text[])
      and not day::timestamp at time zone 'UTC' = any(${timesParameter(cut)})`;
  return sql`valued as (${join([days, ...pieces], " union all ")}), counted as (
    select kind, coalesce(max(value), value_id::text) as value,
      coalesce(sum(alerts) filter (where last_at >= ${new Date(from)}), 0)::int as now,
      coalesce(sum(alerts) filter (where last_at < ${new Date(before.to)}), 0)::int as before
    from valued group by kind, value_id
  )`;
}
