import type { Transaction } from "#lib/db/client.ts";
import { recomputeYears } from "./alert-years.ts";
import { firstsOf } from "./keep-actor-firsts.ts";
import {
  ALERT_CONTRIBUTION,
  ALERT_DAY_COLUMNS,
  ALERT_DAY_ID,
  detectionDays,
  eventDays,
} from "./keep-numbers.ts";

/** The tables of kept numbers, in the order in which they are computed. */
const TABLES = ["actor_day", "actor_first", "alert_day", "alert_year", "actor_tally"] as const;

/** `corrected`: rows that were missing, wrong or too many. */
export type Rebuilt = { table: (typeof TABLES)[number]; rows: number; corrected: number };

/**
 * Computes all kept numbers anew from what is stored, and tells where they were others than kept. Whoever would change
 * them waits meanwhile, so that they are right when the transaction commits.
 */
export async function rebuildAggregates(client: Transaction): Promise<Rebuilt[]> {
  await client.query(`lock table ${TABLES.join(", ")} in share row exclusive mode`);
  const rebuilt: Rebuilt[] = [];
  for (const table of TABLES) {
    await client.query(`create temp table kept_${table} on commit drop as table ${table}`);
    await client.query(`delete from ${table} where not (${OUTLIVES[table]})`);
    await client.query(COMPUTE[table]);
    const { rows } = await client.query<{ rows: number; corrected: number }>(difference(table));
    rebuilt.push({ table, rows: rows[0]?.rows ?? 0, corrected: rows[0]?.corrected ?? 0 });
  }
  return rebuilt;
}

/** A row with other numbers is one that is missing and one too many, and counts once. */
function difference(table: string): string {
  const differing = (one: string, other: string) =>
    `(select count(*)::int from (table ${one} except all table ${other}) found)`;
  return `select (select count(*)::int from ${table}) as rows,
    greatest(${differing(table, `kept_${table}`)}, ${differing(`kept_${table}`, table)}) as corrected`;
}

const before = (column: string) => `coalesce((select max(${column}) from retention_run), '-infinity')`;

/** The numbers that outlive what they counted: retention has taken it away, so that they cannot be computed any more. */
const OUTLIVES: Readonly<Record<(typeof TABLES)[number], string>> = {
  actor_day: `day < ${before("events_before")}::date`,
  actor_first: `first_seen < ${before("events_before")}`,
  alert_day: `day < ${before("alerts_before")}::date`,
  // Of the year within which retention ends some months do and others do not: they are put together anew.
  alert_year: "false",
  actor_tally: "false",
};

const DETECTIONS =
  "detection join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id";

/** What is read together lies together. */
const IN_ORDER = "order by 1, 2, 3, 4";

const COMPUTE: Readonly<Record<(typeof TABLES)[number], string>> = {
  actor_day: `insert into actor_day (actor_id, day, service, severity, events, detections, suppressed)
   select * from (
     ${eventDays("event")}
     union all
     ${detectionDays(DETECTIONS, "count(*)::int, count(detection.entry_id)::int")} group by 1, 2, 3, 4
   ) computed where not (${OUTLIVES.actor_day}) ${IN_ORDER}`,
  actor_first: firstsOf("event"),
  alert_day: `insert into alert_day (id, ${ALERT_DAY_COLUMNS}, alerts)
   select ${ALERT_DAY_ID}, ${ALERT_DAY_COLUMNS}, count(*)::int from (select ${ALERT_CONTRIBUTION} from alert) one
   where not (${OUTLIVES.alert_day}) group by ${ALERT_DAY_COLUMNS}`,
  alert_year: recomputeYears({
    kept: "kept_alert_year",
    until: `${before("alerts_before")}::date`,
    contributions: `(select ${ALERT_CONTRIBUTION}, 1 as alerts from alert) one`,
  }),
  actor_tally: `insert into actor_tally (actor_id, events, detections, suppressed, alerts, open)
   select actor_id, sum(events), sum(detections), sum(suppressed), sum(alerts), sum(open) from (
     select actor_id, events, detections, suppressed, 0 as alerts, 0 as open from actor_day
     union all
     select one.id, 0, 0, 0, 1, (queue = 'open')::int from alert cross join lateral unnest(actor_ids) as one (id)
   ) found group by actor_id`,
};
