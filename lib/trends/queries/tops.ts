import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Period } from "../period.ts";
import { TOP_KEYS, type TopKey, type Tops } from "../tops.ts";
import { cutMonths, dateOf, isUnfiltered, MOST_CUT, monthOf, piecesOf, spanWhere } from "./counted-alerts.ts";

const { sql, join, empty, raw } = Prisma;

const MOST_VALUES = 10;

/** The ten commonest actors, images and addresses of a period's alerts, and the entries that suppress most of them. */
export async function listTops(alerts: AlertFilter, period: Period): Promise<Tops> {
  const counted = fromMonths(alerts, period) ?? fromAlerts(alerts, period);
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

/** From the numbers kept by month, but for the months that a border cuts. Undefined where most are cut. */
function fromMonths(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql | undefined {
  const span = { from: before.from, to };
  const cut = cutMonths([before.from, before.to, from, to], span);
  const cutLength = cut.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  if (!isUnfiltered(alerts) || cutLength > (to - before.from) * MOST_CUT) return undefined;
  const ofCut = cut.map((piece) => dateOf(monthOf(piece.from).from));
  // Of whole months the first day alone tells on which side of a border they lie.
  const ofMonths = sql`
    select field, value_id, sum(alerts) filter (where month >= ${dateOf(from)}::date)::int as now, sum(alerts)::int as either
    from alert_month
    where month >= ${dateOf(before.from)}::date and month <= ${dateOf(to - 1)}::date and month <> all(${ofCut}::date[])
      and (month >= ${dateOf(from)}::date or month < ${dateOf(before.to)}::date)
    group by field, value_id`;
  const ofAlerts = sql`select actor_ids, image_id, source_ips, ${COVERING}, last_at >= ${new Date(from)} as current
    from ${piecesOf(alerts, cut)} and (last_at >= ${new Date(from)} or last_at < ${new Date(before.to)})`;
  const byValue = TOP_KEYS.map(
    (key) => sql`select ${key}::text, ${idOf(key)}, case when current then 1 end, 1
      from found cross join lateral ${VALUES[key].values} as one (value)`,
  );
  const ofBoth = sql`with found as materialized (${ofAlerts})
    select field, value_id, sum(now)::int as now, sum(either)::int as either
    from (${ofMonths} union all ${join(byValue, " union all ")}) counted group by field, value_id`;
  const ofKind = (key: TopKey) => sql`(
    select * from summed where field = ${key} and now > 0 order by now desc, value_id limit ${raw(String(MOST_VALUES))}
  )`;
  // How an address is written is looked up for the commonest alone: to carry the texts along takes longer than to count.
  return sql`
    with summed as materialized (${cut.length > 0 ? ofBoth : ofMonths})
    select field as kind, now, either - now as before, coalesce(
      (select value from alert_month as one
        where common.field = 'address' and one.field = 'address' and one.value_id = common.value_id
          and month between ${dateOf(monthOf(from).from)}::date and ${dateOf(to - 1)}::date
        order by month desc limit 1),
      value_id::text
    ) as value
    from (${join(TOP_KEYS.map(ofKind), " union all ")}) common`;
}

/** Alerts are counted by all their values at once, which are much fewer than alerts; only then are these told apart. */
function fromAlerts(alerts: AlertFilter, { before, from, to }: Period): Prisma.Sql {
  return sql`
    with found as materialized (
      select actor_ids, image_id, source_ips, covering, grouping(actor_ids, image_id, source_ips, covering) as of,
        count(*) filter (where current) as now, count(*) filter (where not current) as before
      from (
        select alert.last_at >= ${new Date(from)} as current, alert.actor_ids, alert.image_id, alert.source_ips,
          ${COVERING}
        from alert ${spanWhere(alerts, { from: before.from, to })}
          and (alert.last_at >= ${new Date(from)} or alert.last_at < ${new Date(before.to)})
      ) one
      group by grouping sets ((actor_ids), (image_id), (source_ips), (covering))
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

const COVERING = sql`case when alert.queue = 'suppressed' then alert.entry_ids end as covering`;

/** By what the numbers kept by month know \`one.value\`. */
function idOf(key: TopKey): Prisma.Sql {
  return key === "address" ? sql`md5(one.value)::uuid` : sql`one.value`;
}

/** Each kind's values of one group as a set of rows named `value`, and its groups: `grouping` tells which columns they leave out. */
const VALUES = {
  actor: { of: 0b0111, values: sql`unnest(found.actor_ids)` },
  image: { of: 0b1011, values: sql`(select found.image_id as value where found.image_id is not null)` },
  address: { of: 0b1101, values: sql`unnest(found.source_ips)` },
  entry: { of: 0b1110, values: sql`unnest(found.covering)` },
} as const satisfies Record<TopKey, { of: number; values: Prisma.Sql }>;

function top(alerts: AlertFilter, key: TopKey): Prisma.Sql {
  const { of, values } = VALUES[key];
  const offered = offeredValues(alerts, key);
  const ofThese = offered ? sql`and one.value::text = any(${offered}::text[])` : empty;
  // Among values of as many alerts the order is that of the numbers kept by month.
  return sql`(
    select ${key}::text as kind, one.value::text as value, sum(now)::int as now, sum(before)::int as before
    from found cross join lateral ${values} as one (value) where of = ${of} ${ofThese}
    group by one.value having sum(now) > 0
    order by 3 desc, ${idOf(key)} limit ${raw(String(MOST_VALUES))}
  )`;
}
