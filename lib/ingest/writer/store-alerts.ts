import type { Transaction } from "#lib/db/client.ts";
import type { AlertKey } from "#lib/detection/alert-key.ts";
import type { Platform } from "#lib/logs/normalize/event.ts";

/** Held by the one worker that derives alerts. */
const DERIVE_KEY = 1_525_010;

export type StoredAlertKey = AlertKey & { platform: Platform };

/**
 * Makes the alerts of detections that were just stored, or brings them up to date. What an alert says is computed anew
 * from all its detections, never added up, so that order and repetition do not matter. What people decided is left alone.
 *
 * One worker at a time: of two that add to the same alert the second must see the detections of the first.
 */
export async function storeAlerts(
  client: Transaction,
  keys: readonly StoredAlertKey[],
  now: Date,
): Promise<void> {
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size === 0) return;
  const alerts = [...byId.values()];
  await client.query("select pg_advisory_xact_lock($1)", [DERIVE_KEY]);
  const ids = alerts.map(({ id }) => id);
  await client.query(UPDATE_ALERTS, [ids]);
  await client.query(INSERT_ALERTS, [
    ids,
    alerts.map(({ family }) => family),
    alerts.map(({ platform }) => platform),
    alerts.map(({ account }) => account),
    alerts.map(({ subject }) => subject),
    alerts.map(({ windowStart }) => windowStart),
    alerts.map(({ windowEnd }) => windowEnd),
    now,
  ]);
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
    select distinct on (alert_id) alert_id, score, actor_id, image_id, region
    from found order by alert_id, score desc, occurred_at, event_id, rule_id
  ), listed as (
    select found.alert_id,
      min(occurred_at) as first_at,
      max(occurred_at) as last_at,
      count(*)::int as detection_count,
      coalesce(array_agg(distinct actor_id) filter (where actor_id is not null), '{}') as actor_ids,
      array_agg(distinct operation) as operations,
      array_agg(distinct rule_id) as rules,
      coalesce(array_agg(distinct found.region) filter (where found.region is not null), '{}') as regions,
      coalesce(array_agg(distinct source_ip) filter (where source_ip is not null), '{}') as source_ips,
      array_agg(distinct address_class) as address_classes,
      bool_or(live) as live,
      string_agg(distinct concat_ws(' ', actor.name, actor.key, session, tag, found.account), ' ') as words
    from found left join actor on actor.id = found.actor_id
    group by found.alert_id
  ), derived as (
    select listed.*, results.operation_count, results.outcome,
      worst.score, worst.actor_id, worst.image_id, worst.region
    from listed join results using (alert_id) join worst using (alert_id)
  )`;

const DERIVED_COLUMNS = [
  "first_at",
  "last_at",
  "detection_count",
  "operation_count",
  "score",
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
  "live",
] as const;

const derivedList = DERIVED_COLUMNS.join(", ");

function searchText(subject: string, account: string): string {
  const parts = `${subject}, ${account}, derived.words, array_to_string(derived.operations, ' '), array_to_string(derived.source_ips, ' ')`;
  return `left(lower(concat_ws(' ', ${parts})), 20000)`;
}

const UPDATE_ALERTS = `${DERIVED}
  update alert set (${derivedList}, search) =
    (${DERIVED_COLUMNS.map((column) => `derived.${column}`).join(", ")}, ${searchText("alert.subject", "alert.account")})
  from derived where alert.id = derived.alert_id`;

const INSERT_ALERTS = `${DERIVED}
  insert into alert (id, family, platform, account, subject, window_start, window_end, created_at, ${derivedList}, search)
  select key.id, family, key.platform, key.account, subject, window_start, window_end, $8,
    ${DERIVED_COLUMNS.map((column) => `derived.${column}`).join(", ")}, ${searchText("subject", "key.account")}
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
    as key (id, family, platform, account, subject, window_start, window_end)
  join derived on derived.alert_id = key.id
  where not exists (select from alert where alert.id = key.id)
  order by derived.first_at, key.id`;
