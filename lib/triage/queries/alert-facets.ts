import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES, SEVERITY_FLOORS, type Severity } from "#lib/detection/severity.ts";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey, leavesOutInfo } from "../alert-filter.ts";
import { alertWhere } from "./alert-where.ts";

const { sql, join, raw } = Prisma;

/** How many values of each kind are counted. */
export const FACET_VALUES = 12;

/** A value that can be chosen, with how many alerts have it. `name` where the value is an id. */
export type FacetValue = { value: string; name: string; count: number };
export type AlertFacets = Record<ChoiceKey, FacetValue[]>;

/**
 * The commonest values of each kind among the alerts that a filter asks for, counted exactly. What is chosen of a kind does
 * not narrow that kind's own values, so that another can be chosen beside it.
 */
export async function listAlertFacets(filter: AlertFilter, now: Date): Promise<AlertFacets> {
  const narrows = (key: ChoiceKey) => filter[key].length > 0 || (key === "severity" && leavesOutInfo(filter));
  const shared = CHOICE_KEYS.filter((key) => !narrows(key));
  const own = CHOICE_KEYS.filter(narrows);
  const selects = [
    ...shared.map((key) => facet(key, sql`found alert`)),
    ...own.map((key) => facet(key, sql`(select * from alert ${alertWhere(filter, now, key)}) alert`)),
  ];
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with found as materialized (
        select score, platform, accounts, regions, operations, rules, actor_ids, image_id, address_classes, source_ips,
          outcome, status, assignee_id, verdict, broke_through, entry_ids
        from alert ${alertWhere(filter, now)}
      ), counted as (${join(selects, " union all ")})
      select facet, value, count,
        coalesce(actor.name, image.name, person.name, 'ALW-' || allow_entry.number, value) as name
      from counted
      left join actor on actor.id = case when facet = 'actor' then value::uuid end
      left join image on image.id = case when facet = 'image' then value::uuid end
      left join person on person.id = case when facet = 'assignee' then value::uuid end
      left join allow_entry on allow_entry.id = case when facet = 'entry' then value::uuid end
      order by count desc, name`,
  );
  const facets = Object.fromEntries(CHOICE_KEYS.map((key) => [key, [] as FacetValue[]])) as AlertFacets;
  for (const { facet: key, ...value } of rows) facets[key].push(value);
  facets.severity.sort((a, b) => severityRank(b.value) - severityRank(a.value));
  return facets;
}

function severityRank(value: string): number {
  return SEVERITIES.indexOf(value as Severity);
}

const rowsSchema = z.array(
  z.object({ facet: z.enum(CHOICE_KEYS), value: z.string(), name: z.string(), count: z.int() }),
);

/** Each kind's values of one alert, as a set of rows named `value`. */
const VALUES = {
  severity: sql`(select case ${join(
    [...SEVERITIES]
      .reverse()
      .map((level) => sql`when alert.score >= ${SEVERITY_FLOORS[level]}::int then ${level}`),
    " ",
  )} end as value)`,
  status: sql`(select alert.status as value)`,
  assignee: sql`(select alert.assignee_id::text as value where alert.assignee_id is not null)`,
  verdict: sql`(select alert.verdict as value where alert.verdict is not null)`,
  platform: sql`(select alert.platform as value)`,
  account: sql`unnest(alert.accounts)`,
  region: sql`unnest(alert.regions)`,
  operation: sql`unnest(alert.operations)`,
  rule: sql`unnest(alert.rules)`,
  actor: sql`unnest(alert.actor_ids::text[])`,
  image: sql`(select alert.image_id::text as value where alert.image_id is not null)`,
  class: sql`unnest(alert.address_classes)`,
  address: sql`unnest(alert.source_ips)`,
  outcome: sql`(select alert.outcome as value)`,
  signal: sql`unnest(alert.broke_through)`,
  entry: sql`unnest(alert.entry_ids::text[])`,
} as const satisfies Record<ChoiceKey, Prisma.Sql>;

function facet(key: ChoiceKey, from: Prisma.Sql): Prisma.Sql {
  return sql`(
    select ${key}::text as facet, one.value::text as value, count(*)::int as count
    from ${from} cross join lateral ${VALUES[key]} as one (value)
    group by one.value order by count desc, one.value limit ${raw(String(FACET_VALUES))}
  )`;
}
