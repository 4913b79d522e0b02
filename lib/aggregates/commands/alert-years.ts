import { MONTHS } from "../month.ts";

/** Each value that a contribution of an alert names. An entry counts where it keeps the alert away. */
const VALUES = `
  select field, case field when 'address' then md5(one)::uuid else one::uuid end as value_id,
    case field when 'address' then one end as value
  from (
    select 'actor' as field, unnest(actor_ids)::text as one
    union all select 'image', image_id::text where image_id is not null
    union all select 'address', unnest(source_ips)
    union all select 'entry', unnest(entry_ids)::text where queue = 'suppressed'
  ) listed`;

const KEY = "year, field, value_id, kind";

/** One row a contribution and value, with the key of its row of `alert_year`. The kind is a hash of what filters tell apart. */
function valued(contributions: string): string {
  return `select field, extract(year from day)::int as year, value_id,
      md5(jsonb_build_array(platform, rules)::text)::uuid as kind, value, platform, rules,
      extract(month from day)::int as month, alerts
    from ${contributions} cross join lateral (${VALUES}) valued`;
}

const COLUMNS = `${KEY}, value, platform, rules`;

/** The rows of `alert_year` of `monthly`, which has a row a month with its number. */
function byYear(monthly: string): string {
  const months = MONTHS.map(
    (name, at) => `coalesce(sum(alerts) filter (where month = ${at + 1}), 0)::int as ${name}`,
  );
  return `select ${COLUMNS}, ${months.join(", ")} from (${monthly}) monthly group by ${COLUMNS} order by ${KEY}`;
}

const INSERT = `insert into alert_year (${COLUMNS}, ${MONTHS.join(", ")})`;

/** Adds the numbers of `contributions`, a set of rows with `alerts` each. */
export function addToYears(contributions: string): string {
  const changed = `select ${COLUMNS}, month, sum(alerts) as alerts from (${valued(contributions)}) one
    group by ${COLUMNS}, month having sum(alerts) <> 0`;
  return `${INSERT} ${byYear(changed)}
    on conflict (${KEY}) do update set ${MONTHS.map((name) => `${name} = alert_year.${name} + excluded.${name}`).join(", ")}`;
}

/** Drops rows of nothing among those of `contributions`. */
export function dropEmptyYears(contributions: string): string {
  const same = KEY.split(", ").map((column) => `alert_year.${column} = one.${column}`);
  return `delete from alert_year using (select distinct ${KEY} from (${valued(contributions)}) named) as one
    where ${[...same, ...MONTHS.map((name) => `${name} = 0`)].join(" and ")}`;
}

/**
 * Computes the table anew, of which `kept` is a copy: months that begin no later than `until` are taken from there, because retention
 * has gone over their alerts, all others from `contributions`.
 */
export function recomputeYears({
  kept,
  until,
  contributions,
}: {
  kept: string;
  until: string;
  contributions: string;
}): string {
  const months = MONTHS.map((name, at) => `(${at + 1}, ${name})`).join(", ");
  const lasting = "make_date(year, month, 1)";
  return `${INSERT} ${byYear(`
    select ${COLUMNS}, month, alerts
    from ${kept} cross join lateral (values ${months}) as one (month, alerts)
    where alerts <> 0 and ${lasting} <= ${until}
    union all
    select ${COLUMNS}, month, alerts from (${valued(contributions)}) computed where ${lasting} > ${until}`)}`;
}
