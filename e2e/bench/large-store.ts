import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { inTransaction, pool } from "#lib/db/client.ts";

/** What the busiest actor of the large store is called: a fifth of all events are its own. */
export const BUSIEST = "111122223333/role/pipeline-0";

/** Where its two years end. */
export const UNTIL = new Date("2026-11-24T00:00:00Z");

/** Events of one actor that follow one another, a detection every tenth, are one story: an alert. */
const EVENTS_AN_ALERT = 50;
const EVENTS = 10_000_000;

/**
 * Fills an empty store with two years until `until`: at scale 1, 10,000,000 events, 1,000,000 detections and 200,000 alerts.
 * One actor makes a fifth of it, ten make six tenths, 3,000 the rest, as in real stores. Deterministic: everything is drawn
 * from hashes of numbers.
 */
export async function fillLargeStore({ scale, until }: { scale: number; until: Date }): Promise<void> {
  const alerts = Math.max(10, Math.round((EVENTS / EVENTS_AN_ALERT) * scale));
  const client = await pool().connect();
  try {
    await client.query("set work_mem = '512MB'");
    for (const statement of names()) await client.query(statement);
    await client.query(draw(alerts), [until]);
    for (const statement of FILL) await client.query(statement);
    await client.query("drop table drawn");
    await client.query("vacuum analyze");
  } finally {
    client.release();
  }
  await inTransaction(rebuildAggregates);
  await pool().query("vacuum analyze actor_day, actor_first, actor_tally, alert_day, alert_year");
}

/** A number below `below` that is drawn for `what`, anew for each `salt`. */
function dice(what: string, salt: number, below: number): string {
  return `(abs(hashint8extended(${what}, ${salt})) % ${below})::int`;
}

function names(): string[] {
  const spans = "'2024-01-01', '2026-01-01'";
  return [
    `insert into actor (id, platform, kind, key, name, account, first_seen, last_seen)
     select md5('actor' || n)::uuid, 'aws', case when n > 2000 then 'person' else 'workload' end,
       '111122223333/role/pipeline-' || n, 'role/pipeline-' || n, '111122223333', ${spans} from generate_series(0, 3010) n`,
    `insert into image (id, platform, kind, key, name, account, first_seen, last_seen)
     select md5('image' || n)::uuid, 'aws', 'repository', 'registry/service-' || n, 'service-' || n, '111122223333', ${spans}
     from generate_series(0, 4999) n`,
    `insert into person (id, name, email, role, updated_at)
     values (md5('person')::uuid, 'Analyst', 'analyst@example.com', 'analyst', now())`,
    `insert into allow_entry (id, state, title, conditions, signals, owner_id, reason_class, reason, starts_at, expires_at,
       created_at, updated_at)
     select md5('entry' || n)::uuid, 'enforcing', 'Pipeline ' || n, '[]', '{}', md5('person')::uuid, 'ci-cd', 'builds',
       ${spans}, now(), now() from generate_series(0, 9) n`,
  ];
}

/** One row an event; `story` numbers the alerts. */
function draw(alerts: number): string {
  const actor = `case when ${dice("story", 1, 10)} < 2 then 0 when ${dice("story", 1, 10)} < 8 then 1 + ${dice("story", 2, 10)}
    else 11 + ${dice("story", 3, 3000)} end`;
  return `
    create table drawn as
    select story, step, story * ${EVENTS_AN_ALERT} + step as n, ${actor} as actor,
      $1::timestamptz - (${alerts} - story) * (interval '730 days' / ${alerts}) + step * interval '7 seconds'
        - interval '1 hour' as occurred_at
    from generate_series(0, ${alerts - 1}) story cross join generate_series(0, ${EVENTS_AN_ALERT - 1}) step`;
}

const SERVICES = "{ec2,ec2,ec2,sts,sts,s3,iam,kms,logs,ecs}";
const IS_PUSH = "step % 10 = 0";
const id = (what: string, n: string) => `md5('${what}' || ${n})::uuid`;

/** What an actor does is much the same from day to day; one story in ten is another. */
const SCORE = `15 + case when ${dice("story", 11, 10)} < 9 then actor % 3 else ${dice("story", 12, 5)} end * 15`;
/** The allowlist covers nine in ten stories of the busy pipelines, and few of the others. */
const IS_EXPECTED = `case when actor < 11 then ${dice("story", 13, 10)} < 9 else ${dice("story", 13, 20)} = 0 end`;

const EVENT_INDEXES = ["operation", "account", "source_ip"] as const;

/** Indexes are made after the rows: ten times as fast. */
const FILL = [
  ...EVENT_INDEXES.map((column) => `drop index event_${column}_occurred_at_id_idx`),
  'drop index "event_actor_id_occurred_at_id_idx"',
  `insert into event (occurred_at, id, platform, log_source, service, operation, outcome, actor_id, principal, session,
     access_key, account, region, source_ip, is_external, address_class, network, user_agent, block_id, block_position, normalizer)
   select occurred_at, ${id("event", "n")}, 'aws', 'cloudtrail',
     case when ${IS_PUSH} then 'ecr' else ('${SERVICES}'::text[])[1 + ${dice("n", 4, 10)}] end || '.amazonaws.com',
     case when ${IS_PUSH} then 'PutImage' else 'Describe' || ${dice("n", 5, 30)} end,
     case when ${dice("n", 6, 40)} = 0 then 'failure' else 'success' end, ${id("actor", "actor")},
     'arn:aws:iam::111122223333:role/pipeline-' || actor, 'run-' || story / 20, 'ASIA' || actor,
     (111122223333 + actor % 20)::text, ('{eu-west-1,eu-west-1,eu-central-1,us-east-1}'::text[])[1 + ${dice("n", 7, 4)}],
     '10.' || actor % 200 || '.0.' || ${dice("story", 8, 20)}, false, 'private', '10.' || actor % 200 || '.0.0/24',
     'aws-cli/2.' || ${dice("story", 9, 20)}, 1, 0, 1
   from drawn order by occurred_at, n`,
  "create index event_actor_id_occurred_at_id_idx on event (actor_id, occurred_at desc, id desc)",
  ...EVENT_INDEXES.map(
    (column) =>
      `create index event_${column}_occurred_at_id_idx on event (left(${column}, 200), occurred_at desc, id desc)`,
  ),
  `insert into event_image (occurred_at, event_id, image_id, role, tag)
   select occurred_at, ${id("event", "n")}, ${id("image", dice("story", 10, 5000))}, 'made', '1.' || step from drawn where ${IS_PUSH}`,
  `insert into detection (occurred_at, event_id, rule_id, alert_id, score, addends, platform, operation, outcome, actor_id,
     image_id, account, region, source_ip, address, is_external, address_class, networks, user_agent, session, access_key, tag,
     entry_id, live, detected_at)
   select occurred_at, ${id("event", "n")}, case when actor % 10 < 7 then 'ecr-push' else 'aws-machine-image' end,
     ${id("alert", "story")}, ${SCORE}, '[]', 'aws', 'PutImage', 'success', ${id("actor", "actor")},
     ${id("image", dice("story", 10, 5000))}, (111122223333 + actor % 20)::text, 'eu-west-1',
     '10.' || actor % 200 || '.0.' || ${dice("story", 8, 20)}, ('10.' || actor % 200 || '.0.' || ${dice("story", 8, 20)})::inet,
     false, 'private', array['10.' || actor % 200 || '.0.0/24'], 'aws-cli/2', 'run-' || story / 20, 'ASIA' || actor, '1.' || step,
     case when ${IS_EXPECTED} then ${id("entry", "actor % 10")} end, true,
     occurred_at + interval '4 minutes'
   from drawn where ${IS_PUSH} order by occurred_at, n`,
  `insert into alert (id, family, platform, account, subject, window_start, window_end, first_at, last_at, detection_count,
     operation_count, score, current_score, outcome, actor_id, image_id, region, actor_ids, operations, rules, regions, accounts,
     source_ips, address_classes, networks, suppressed_count, entry_ids, search, live, status, verdict, reason_class, queue,
     created_at, visible_at, acknowledged_at, closed_at)
   select alert_id, 'container-push', 'aws', account, 'registry/service', first_at, last_at, first_at, last_at, detections,
     detections, score, score, 'success', actor_id, image_id, 'eu-west-1', array[actor_id], '{PutImage}', array[rule_id],
     '{eu-west-1}', array[account], array[source_ip], '{private}', networks,
     case when entry_id is null then 0 else detections end, array_remove(array[entry_id], null),
     lower('role/pipeline registry/service putimage ' || account || ' ' || source_ip), true,
     case when is_closed then 'closed' when entry_id is null and die < 92 then 'in_progress' else 'new' end,
     case when is_closed then verdict end, case when is_closed then 'other' end,
     case when is_closed then 'closed' when entry_id is null then 'open' else 'suppressed' end,
     first_at + interval '5 minutes', case when entry_id is null then first_at + interval '5 minutes' end,
     case when entry_id is null and die < 92 then first_at + (5 + die * 3) * interval '1 minute' end,
     case when is_closed then first_at + (10 + die * 31) * interval '1 minute' end
   from (
     select *, entry_id is null and die < 85 as is_closed,
       ('{true_positive,benign_true_positive,benign_true_positive,benign_true_positive,false_positive_logic,undetermined}'::text[])
         [1 + die % 6] as verdict
     from (
       select alert_id, min(account) as account, min(occurred_at) as first_at, max(occurred_at) as last_at,
         count(*)::int as detections, min(score) as score, min(actor_id::text)::uuid as actor_id,
         min(image_id::text)::uuid as image_id, min(rule_id) as rule_id, min(source_ip) as source_ip,
         min(networks) as networks, min(entry_id::text)::uuid as entry_id,
         (abs(hashtextextended(alert_id::text, 15)) % 100)::int as die
       from detection group by alert_id
     ) found
   ) judged order by first_at, alert_id`,
  `insert into actor_network (actor_id, network, first_seen, last_seen)
   select actor_id, network, min(occurred_at), max(occurred_at) from event group by actor_id, network`,
  `insert into log_history (account, log_source, first_at)
   select account, log_source, min(occurred_at) from event group by account, log_source`,
  `update actor set first_seen = found.first_at, last_seen = found.last_at
   from (select actor_id, min(occurred_at) as first_at, max(occurred_at) as last_at from event group by actor_id) found
   where actor.id = found.actor_id`,
  "delete from actor where not exists (select from event where event.actor_id = actor.id)",
  `update image set first_seen = found.first_at, last_seen = found.last_at
   from (select image_id, min(occurred_at) as first_at, max(occurred_at) as last_at from event_image group by image_id) found
   where image.id = found.image_id`,
] as const;
