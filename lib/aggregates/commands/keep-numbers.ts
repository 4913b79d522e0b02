import { arrayLiteral, plainArray } from "#lib/db/copy.ts";
import { SEVERITIES, SEVERITY_FLOORS } from "#lib/detection/severity.ts";
import { addToYears, dropEmptyYears } from "./alert-years.ts";
import type { Run } from "./run.ts";

/** What a transaction changed of the events and detections of actors. */
export type ActorChanges = {
  /** The table, like `event`, in which the transaction has the events that it stored anew; null: none. */
  added: string | null;
  /** In its place, of whoever has counted them: each actor, day and service once. */
  days?: readonly EventDay[];
  /** The tables, like `event` and `detection`, in which it has what it took away, with all detections of these events. */
  removed?: { events: string; detections: string };
  /**
   * `detections`: 1 where it was stored anew. `suppressed`: by how much its being suppressed changed. One that got another
   * score stands here twice: it goes (-1) with what it had and comes with what it has.
   */
  detections: readonly {
    occurredAt: Date;
    eventId: string;
    score: number;
    detections: -1 | 0 | 1;
    suppressed: number;
  }[];
};

/** Events that were stored anew, of one actor and service on a day of UTC. */
export type EventDay = { actorId: string; day: string; service: string; events: number };

/** What the numbers say of alerts before a change: of `holdAlerts`, for `keepNumbers`. */
export type AlertsBefore = { ids: readonly string[]; contributions: string };

/**
 * Holds alerts that are about to change and notes what the numbers hold of them. Nobody else changes them from here on, and
 * whoever holds several takes them in the order of their ids.
 */
export async function holdAlerts(run: Run, ids: readonly string[]): Promise<AlertsBefore> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return { ids: wanted, contributions: "[]" };
  await run("select from alert where id = any($1::uuid[]) order by id for update", [wanted]);
  const [row] = await run(
    `select coalesce(jsonb_agg(to_jsonb(one)), '[]')::text as contributions
     from (select ${ALERT_CONTRIBUTION} from alert where id = any($1::uuid[])) one`,
    [wanted],
  );
  return { ids: wanted, contributions: (row as { contributions: string }).contributions };
}

/**
 * Brings the numbers of days and years and the tallies of actors up to date with what a transaction has changed. The last thing that it
 * does: rows that many share are held only until it commits, and always taken in the same order.
 */
export async function keepNumbers(
  run: Run,
  before: AlertsBefore,
  { added, removed, days = [], detections }: ActorChanges = { added: null, detections: [] },
): Promise<void> {
  const actorValues = [
    detections.map(({ occurredAt }) => occurredAt),
    detections.map(({ eventId }) => eventId),
    detections.map((one) => one.detections),
    detections.map((one) => one.suppressed),
    detections.map(({ score }) => score),
    plainArray(days.map(({ actorId }) => actorId)),
    plainArray(days.map(({ day }) => day)),
    arrayLiteral(days.map(({ service }) => service)),
    days.map(({ events }) => events),
  ];
  const alertValues = [before.contributions, before.ids];
  if (before.ids.length > 0) {
    await run(KEEP_ALERT_DAYS, alertValues);
    await run(KEEP_ALERT_YEARS, alertValues);
    await run(DROP_EMPTY_DAYS, [before.contributions]);
    await run(DROP_EMPTY_YEARS, [before.contributions]);
  }
  if (added !== null || removed || days.length > 0 || detections.length > 0 || before.ids.length > 0) {
    await run(keepActors(added, removed), [...alertValues, ...actorValues]);
  }
  if (removed) for (const drop of dropEmpty(removed.events)) await run(drop, []);
  const left = detections.filter((one) => one.detections < 0);
  if (left.length > 0) {
    await run(DROP_LEFT_DAYS, [left.map(({ occurredAt }) => occurredAt), left.map(({ eventId }) => eventId)]);
  }
}

const levels = [...SEVERITIES]
  .reverse()
  .map((level) => `when score >= ${SEVERITY_FLOORS[level]} then '${level}'`)
  .join(" ");
/** The severity of a `score`. */
const SEVERITY = `case ${levels} end`;

/** What one alert adds to its day and year. The id is a hash of what the day's numbers tell apart. */
export const ALERT_CONTRIBUTION = `
  (last_at at time zone 'UTC')::date as day, ${SEVERITY} as severity, platform, rules, accounts, status, verdict,
  queue, actor_ids, image_id, source_ips, entry_ids`;

export const ALERT_DAY_COLUMNS = "day, severity, platform, rules, accounts, status, verdict, queue";
export const ALERT_DAY_ID =
  "md5(jsonb_build_array(severity, platform, rules, accounts, status, verdict, queue)::text)::uuid";

/** What else it adds to its year. */
const ALERT_LISTS = "actor_ids, image_id, source_ips, entry_ids";

/** What `holdAlerts` has noted ($1). */
const CONTRIBUTIONS = `jsonb_to_recordset($1::jsonb) as before (day date, severity text, platform text, rules text[],
      accounts text[], status text, verdict text, queue text, actor_ids uuid[], image_id uuid, source_ips text[],
      entry_ids uuid[])`;

/** What alerts stop adding, and what they ($2) add now. */
const ALERT_CHANGE = `
  alert_change as (
    select ${ALERT_DAY_COLUMNS}, ${ALERT_LISTS}, -1 as alerts from ${CONTRIBUTIONS}
    union all
    select ${ALERT_DAY_COLUMNS}, ${ALERT_LISTS}, 1
    from (select ${ALERT_CONTRIBUTION} from alert where id = any($2::uuid[])) after
  )`;

const KEEP_ALERT_DAYS = `
  with ${ALERT_CHANGE}
  insert into alert_day (id, ${ALERT_DAY_COLUMNS}, alerts)
  select ${ALERT_DAY_ID}, ${ALERT_DAY_COLUMNS}, sum(alerts)::int
  from alert_change group by ${ALERT_DAY_COLUMNS} having sum(alerts) <> 0 order by day, 1
  on conflict (day, id) do update set alerts = alert_day.alerts + excluded.alerts`;

const KEEP_ALERT_YEARS = `with ${ALERT_CHANGE} ${addToYears("alert_change")}`;

const DAYS_BEFORE =
  "(select (one ->> 'day')::date as day from jsonb_array_elements($1::jsonb) as one) before";
const DROP_EMPTY_DAYS = `delete from alert_day where alerts = 0 and day in (select day from ${DAYS_BEFORE})`;
const DROP_EMPTY_YEARS = dropEmptyYears(`(select *, 0 as alerts from ${CONTRIBUTIONS}) before`);

const ACTOR_DAY =
  "(event.occurred_at at time zone 'UTC')::date as day, coalesce(event.service, '') as service";

/** The days' rows of a set of events, named `event` in `from`. */
export function eventDays(from: string, sign = ""): string {
  return `
    select event.actor_id, ${ACTOR_DAY}, '' as severity, ${sign}count(*)::int as events, 0 as detections, 0 as suppressed
    from ${from} where event.actor_id is not null group by 1, 2, 3`;
}

/** What detections, joined with their `event` in `from`, add to the days' rows of their severities. */
export function detectionDays(from: string, counts: string): string {
  return `
    select event.actor_id, ${ACTOR_DAY}, ${SEVERITY} as severity, 0 as events, ${counts}
    from ${from} where event.actor_id is not null`;
}

/** Tallies of actors of whom nothing is left. One that somebody is about to change is left to them. */
export async function dropEmptyTallies(run: Run): Promise<void> {
  await run(
    `delete from actor_tally where actor_id in (
       select actor_id from actor_tally
       where events = 0 and detections = 0 and suppressed = 0 and alerts = 0 and open = 0
       for update skip locked)`,
    [],
  );
}

/** Days of a severity that detections have left for another. */
const DROP_LEFT_DAYS = `
  delete from actor_day using (
    select distinct event.actor_id, ${ACTOR_DAY}
    from unnest($1::timestamptz[], $2::uuid[]) as one (occurred_at, id) join event using (occurred_at, id)
  ) as one
  where actor_day.actor_id = one.actor_id and actor_day.day = one.day and actor_day.service = one.service
    and events = 0 and detections = 0 and suppressed = 0`;

/** Days and tallies that removed events leave at nothing, as if there had never been any. */
function dropEmpty(removed: string): string[] {
  const of = `actor_id in (select actor_id from ${removed})`;
  return [
    `delete from actor_day where events = 0 and detections = 0 and suppressed = 0 and ${of}`,
    `delete from actor_tally where events = 0 and detections = 0 and suppressed = 0 and alerts = 0 and open = 0 and ${of}`,
  ];
}

const COUNTED_DAYS = `
    select actor_id, day, service, '' as severity, events, 0 as detections, 0 as suppressed
    from unnest($8::uuid[], $9::date[], $10::text[], $11::int[]) as counted (actor_id, day, service, events)`;

/** Days and tallies of actors; of the tallies what alerts add too. */
function keepActors(added: string | null, removed: ActorChanges["removed"]): string {
  const taken = removed
    ? `${eventDays(`${removed.events} as event`, "-")} union all
       ${detectionDays(
         `${removed.detections} as taken join ${removed.events} as event on event.occurred_at = taken.occurred_at and event.id = taken.event_id`,
         "-1, case when entry_id is null then 0 else -1 end",
       )} union all`
    : "";
  const events = `${taken} ${added === null ? "" : `${eventDays(`${added} as event`)} union all`} ${COUNTED_DAYS} union all`;
  const detections = `unnest($3::timestamptz[], $4::uuid[], $5::int[], $6::int[], $7::int[])
    as changed (occurred_at, id, detections, suppressed, score) join event using (occurred_at, id)`;
  return `
  with ${ALERT_CHANGE}, actor_change as materialized (
    ${events} ${detectionDays(detections, "detections, suppressed")}
  ), kept_days as (
    insert into actor_day (actor_id, day, service, severity, events, detections, suppressed)
    select actor_id, day, service, severity, sum(events)::int, sum(detections)::int, sum(suppressed)::int
    from actor_change group by actor_id, day, service, severity order by actor_id, day, service, severity
    on conflict (actor_id, day, service, severity) do update set events = actor_day.events + excluded.events,
      detections = actor_day.detections + excluded.detections, suppressed = actor_day.suppressed + excluded.suppressed
  ), tally_change as (
    select actor_id, events, detections, suppressed, 0 as alerts, 0 as open from actor_change
    union all
    select actor_id, 0, 0, 0, alerts, case when queue = 'open' then alerts else 0 end
    from alert_change cross join lateral unnest(actor_ids) as actor_id
  )
  insert into actor_tally (actor_id, events, detections, suppressed, alerts, open)
  select actor_id, sum(events), sum(detections), sum(suppressed), sum(alerts), sum(open)
  from tally_change group by actor_id
  having sum(events) <> 0 or sum(detections) <> 0 or sum(suppressed) <> 0 or sum(alerts) <> 0 or sum(open) <> 0
  order by actor_id
  on conflict (actor_id) do update set events = actor_tally.events + excluded.events,
    detections = actor_tally.detections + excluded.detections, suppressed = actor_tally.suppressed + excluded.suppressed,
    alerts = actor_tally.alerts + excluded.alerts, open = actor_tally.open + excluded.open`;
}
