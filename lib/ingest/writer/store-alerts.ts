import type { Transaction } from "#lib/db/client.ts";
import type { AlertKey } from "#lib/detection/alert-key.ts";
import { queueSql } from "#lib/detection/queue.ts";
import { SEVERITIES, SEVERITY_FLOORS } from "#lib/detection/severity.ts";
import { storiesOf } from "./alert-stories.ts";

/** Held by the one worker that derives alerts. */
const DERIVE_KEY = 1_525_010;

/** One worker at a time: of two that add to the same story the second must see what the first has stored. */
export async function holdDerivation(client: Transaction): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [DERIVE_KEY]);
}

/**
 * Makes the alerts of detections that were just stored, or brings them up to date. What an alert says is computed anew
 * from all its detections, never added up, so that order and repetition do not matter. What people decided is left alone.
 * `holdDerivation` comes before. Returns how many are new. One that was there before and went has its number again.
 */
export async function storeAlerts(
  client: Transaction,
  keys: readonly AlertKey[],
  now: Date,
): Promise<number> {
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size === 0) return 0;
  const alerts = [...byId.values()];
  const ids = alerts.map(({ id }) => id);
  const stories = await tell(client, ids);
  await client.query(UPDATE_ALERTS, [ids, stories, now]);
  const { rowCount } = await client.query(INSERT_ALERTS, [
    ids,
    stories,
    alerts.map(({ family }) => family),
    alerts.map(({ account }) => account),
    alerts.map(({ subject }) => subject),
    alerts.map(({ windowStart }) => windowStart),
    alerts.map(({ windowEnd }) => windowEnd),
    now,
  ]);
  await client.query("delete from former_alert where id = any($1::uuid[])", [ids]);
  return rowCount ?? 0;
}

/** Brings stored alerts up to date with their detections. `holdDerivation` comes before. */
export async function deriveAlerts(
  client: Transaction,
  alertIds: readonly string[],
  now: Date,
): Promise<void> {
  if (alertIds.length === 0) return;
  await client.query(UPDATE_ALERTS, [alertIds, await tell(client, alertIds), now]);
}

async function tell(client: Transaction, alertIds: readonly string[]): Promise<string> {
  return JSON.stringify(await storiesOf(client, alertIds));
}

/** An operation's start, its end, and its copy in another account are one operation; the finished row decides. */
const DERIVED = `
  with found as (
    select *, (coalesce(correlation_id, event_id::text), lower(operation)) as call
    from detection where alert_id = any($1::uuid[])
  ), finished as (
    select alert_id, call, bool_or(outcome = 'success') as succeeded, bool_or(outcome = 'failure') as failed
    from found group by alert_id, call
  ), results as (
    select alert_id, count(*)::int as operation_count,
      case when bool_or(succeeded) then 'success' when bool_or(not failed) then 'unknown' else 'failure' end as outcome
    from finished group by alert_id
  ), worst as (
    select distinct on (alert_id) alert_id, score, image_id, region
    from found order by alert_id, entry_id is not null, score desc, occurred_at, event_id, rule_id
  ), named as (
    -- The worst may be a source's that names nobody for what another source names somebody for.
    select distinct on (alert_id) alert_id, actor_id
    from found where actor_id is not null
    order by alert_id, entry_id is not null, score desc, occurred_at, event_id, rule_id
  ), listed as (
    select found.alert_id,
      min(found.platform) as platform,
      min(occurred_at) as first_at,
      max(occurred_at) as last_at,
      count(*)::int as detection_count,
      coalesce(array_agg(distinct actor_id) filter (where actor_id is not null), '{}') as actor_ids,
      array_agg(distinct operation) as operations,
      array_agg(distinct rule_id) as rules,
      coalesce(array_agg(distinct found.region) filter (where found.region is not null), '{}') as regions,
      coalesce(array_agg(distinct found.account) filter (where found.account is not null), '{}') as accounts,
      coalesce(array_agg(distinct source_ip) filter (where source_ip is not null), '{}') as source_ips,
      array_agg(distinct address_class) as address_classes,
      count(entry_id)::int as suppressed_count,
      coalesce(array_agg(distinct entry_id) filter (where entry_id is not null), '{}') as entry_ids,
      array_agg(distinct rule_id) filter (where entry_id is null) as open_rules,
      array_agg(distinct actor_id) filter (where entry_id is null and actor_id is not null) as open_actor_ids,
      bool_or(live) as live,
      string_agg(distinct concat_ws(' ', actor.name, actor.key, session, tag, found.account), ' ') as words
    from found left join actor on actor.id = found.actor_id
    group by found.alert_id
  ), spread as (
    select alert_id,
      coalesce(array_agg(distinct network order by network) filter (where network is not null), '{}') as networks,
      array_agg(distinct network) filter (where network is not null and entry_id is null) as open_networks,
      coalesce(array_agg(distinct signal order by signal) filter (where signal is not null), '{}') as broke_through
    from found left join unnest(networks) as network on true left join unnest(broke_through) as signal on true
    group by alert_id
  ), told as (
    select * from jsonb_to_recordset($2::jsonb) as told (alert_id uuid, points int, story jsonb, used_at timestamptz)
  ), derived as (
    select listed.*, results.operation_count, results.outcome, networks, open_networks, broke_through,
      least(100, worst.score + told.points) as current_score, told.story, told.used_at, named.actor_id, worst.image_id, worst.region
    from listed join results using (alert_id) join worst using (alert_id) join spread using (alert_id) join told using (alert_id)
      left join named using (alert_id)
  )`;

const DERIVED_COLUMNS = [
  "platform",
  "first_at",
  "last_at",
  "detection_count",
  "operation_count",
  "current_score",
  "story",
  "used_at",
  "outcome",
  "actor_id",
  "image_id",
  "region",
  "actor_ids",
  "operations",
  "rules",
  "regions",
  "source_ips",
  "address_classes",
  "networks",
  "suppressed_count",
  "entry_ids",
  "broke_through",
  "live",
] as const;

const derivedList = DERIVED_COLUMNS.join(", ");

/** Those of the events and the image's own, which may be another's or none. */
function accountList(own: string): string {
  return `array(select distinct one from unnest(array_append(derived.accounts, ${own})) as one where one <> '' order by one)`;
}

function searchText(subject: string, account: string): string {
  const parts = `${subject}, ${account}, derived.words, array_to_string(derived.operations, ' '), array_to_string(derived.source_ips, ' ')`;
  return `left(lower(concat_ws(' ', ${parts})), 20000)`;
}

function levelOf(score: string): string {
  const levels = SEVERITIES.map((level) => `(${score} >= ${SEVERITY_FLOORS[level]})::int`);
  return `(${levels.join(" + ")})`;
}

/** Open detections of a closed alert bring something that it did not hold when it was closed. */
const NEW_ACTIVITY = `(alert.closed_as is not null and derived.suppressed_count < derived.detection_count and (
    not array(select jsonb_array_elements_text(alert.closed_as -> 'rules')) @> coalesce(derived.open_rules, '{}')
    or not array(select jsonb_array_elements_text(alert.closed_as -> 'actorIds')) @> coalesce(derived.open_actor_ids::text[], '{}')
    or not array(select jsonb_array_elements_text(alert.closed_as -> 'networks')) @> coalesce(derived.open_networks, '{}')
    or ${levelOf("derived.current_score")} > ${levelOf("(alert.closed_as ->> 'score')::int")}))`;

const QUEUE_NOW = queueSql({
  status: "alert.status",
  newActivity: NEW_ACTIVITY,
  suppressed: "derived.suppressed_count = derived.detection_count",
  live: "derived.live",
});

const QUEUE_AT_FIRST = queueSql({
  status: "'new'",
  newActivity: "false",
  suppressed: "derived.suppressed_count = derived.detection_count",
  live: "derived.live",
});

const UPDATE_ALERTS = `${DERIVED}
  update alert set (${derivedList}, accounts, search, score, new_activity, queue, visible_at) =
    (${DERIVED_COLUMNS.map((column) => `derived.${column}`).join(", ")}, ${accountList("alert.account")}, ${searchText("alert.subject", "alert.account")},
     coalesce(alert.frozen_score, derived.current_score), ${NEW_ACTIVITY}, ${QUEUE_NOW},
     coalesce(alert.visible_at, case when (${QUEUE_NOW}) = 'open' then $3::timestamptz end))
  from derived where alert.id = derived.alert_id`;

const INSERT_ALERTS = `${DERIVED}
  insert into alert (id, number, family, account, subject, window_start, window_end, created_at, ${derivedList}, accounts, search, score, queue, visible_at)
  select key.id, coalesce(former.number, nextval(pg_get_serial_sequence('alert', 'number'))), family, key.account, subject,
    window_start, key.window_end, coalesce(former.created_at, $8),
    ${DERIVED_COLUMNS.map((column) => `derived.${column}`).join(", ")}, ${accountList("key.account")}, ${searchText("subject", "key.account")},
    derived.current_score, ${QUEUE_AT_FIRST}, case when (${QUEUE_AT_FIRST}) = 'open' then $8::timestamptz end
  from unnest($1::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
    as key (id, family, account, subject, window_start, window_end)
  join derived on derived.alert_id = key.id left join former_alert former on former.id = key.id
  where not exists (select from alert where alert.id = key.id)
  order by derived.first_at, key.id`;
