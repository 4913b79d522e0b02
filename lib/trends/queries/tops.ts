import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { offeredValues } from "../behind.ts";
import type { Period } from "../period.ts";
import { TOP_KEYS, type TopKey, type Tops } from "../tops.ts";
import { piecesOf } from "./counted-alerts.ts";
import { countedMonths, inYears } from "./counted-months.ts";

const { sql, join, empty, raw } = Prisma;

const MOST_VALUES = 10;

/** The ten commonest actors, images and addresses of a period's alerts, and the entries that suppress most of them. */
export async function listTops(alerts: AlertFilter, period: Period): Promise<Tops> {
  const { before, from } = period;
  const { years, pieces } = countedMonths(alerts, period);
  // Alerts are counted by all their values at once, which are much fewer than alerts; only then are these told apart.
  const found = sql`
    select actor_ids, image_id, source_ips, covering, grouping(actor_ids, image_id, source_ips, covering) as of,
      count(*) filter (where current)::int as now, count(*) filter (where not current)::int as before
    from (
      select alert.last_at >= ${new Date(from)} as current, alert.actor_ids, alert.image_id, alert.source_ips,
        case when alert.queue = 'suppressed' then alert.entry_ids end as covering
      from ${piecesOf(alerts, pieces)} and (alert.last_at >= ${new Date(from)} or alert.last_at < ${new Date(before.to)})
    ) one
    group by grouping sets ((actor_ids), (image_id), (source_ips), (covering))`;
  const counted = [
    ...years.map((some) => inYears(alerts, some)),
    ...TOP_KEYS.map((key) => valuesOf(alerts, key)),
  ];
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with found as materialized (${found}), summed as materialized (
        select field, value_id, max(value) as value, sum(now)::int as now, sum(before)::int as before
        from (${join(counted, " union all ")}) counted (field, value_id, value, now, before) group by field, value_id
      ), common as (
        select field, value_id, now, before, ${valueWithin(years.flatMap((some) => some.years))} as value
        from (${join(TOP_KEYS.map(commonest), " union all ")}) common
      )
      select common.field as kind, value, now, before,
        coalesce(actor.name, image.name, 'ALW-' || allow_entry.number, value) as name, allow_entry.title
      from common
      left join actor on actor.id = case when common.field = 'actor' then value_id end
      left join image on image.id = case when common.field = 'image' then value_id end
      left join allow_entry on allow_entry.id = case when common.field = 'entry' then value_id end
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

/** Each kind's values of one group as a set of rows named `value`, and its groups: `grouping` tells which columns they leave out. */
const VALUES = {
  actor: { of: 0b0111, values: sql`unnest(found.actor_ids)` },
  image: { of: 0b1011, values: sql`(select found.image_id as value where found.image_id is not null)` },
  address: { of: 0b1101, values: sql`unnest(found.source_ips)` },
  entry: { of: 0b1110, values: sql`unnest(found.covering)` },
} as const satisfies Record<TopKey, { of: number; values: Prisma.Sql }>;

/** The values of single alerts, with the ids by which the numbers kept by year know them. */
function valuesOf(alerts: AlertFilter, key: TopKey): Prisma.Sql {
  const { of, values } = VALUES[key];
  const offered = offeredValues(alerts, key);
  const ofThese = offered ? sql`and one.value::text = any(${offered}::text[])` : empty;
  const named = key === "address" ? sql`md5(one.value)::uuid, one.value` : sql`one.value, null::text`;
  return sql`select ${key}::text, ${named}, now, before
    from found cross join lateral ${values} as one (value) where of = ${of} ${ofThese}`;
}

/** Among values of as many alerts it is the same ten wherever the numbers come from. */
function commonest(key: TopKey): Prisma.Sql {
  return sql`(
    select * from summed where field = ${key} and now > 0 order by now desc, value_id limit ${raw(String(MOST_VALUES))}
  )`;
}

/** How an address is written is looked up for the commonest alone: to carry the texts along takes longer than to count. */
function valueWithin(years: readonly number[]): Prisma.Sql {
  return sql`coalesce(common.value, case common.field when 'address' then (
    select value from alert_year as one
    where one.year = any(${years}::int[]) and one.field = 'address' and one.value_id = common.value_id limit 1
  ) end, common.value_id::text)`;
}
