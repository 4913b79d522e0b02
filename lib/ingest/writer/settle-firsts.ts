import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { listAffected } from "./affected.ts";
import { type DetectionKey, loadCandidates } from "./candidate.ts";
import { judgeAgain } from "./decisions.ts";
import { deriveAlerts } from "./store-alerts.ts";
import { NO_SHIFTS, type Shifts } from "./store-context.ts";

/** Beyond every event. */
const NEVER = new Date("9999-01-01T00:00:00Z");

/** Before this retention has taken events away, while what was known of them holds on. */
const HORIZON = "coalesce((select max(events_before) from retention_run), '-infinity')";

const networkEvent = (time: string) => `
  select from event where event.actor_id = kept.actor_id and event.network = kept.network and event.occurred_at = ${time}`;
const logEvent = (time: string) => `
  select from event where coalesce(event.account, '') = kept.account and event.log_source = kept.log_source
    and event.occurred_at = ${time}`;

/** The rows of first and last times which no stored event bears out. None is looked at that retention may have emptied. */
export async function listStaleTimes(client: Transaction): Promise<StaleTimes> {
  const networks = await client.query<{ actor_id: string; network: string }>(
    `select actor_id, network from actor_network kept where first_seen >= ${HORIZON}
       and (not exists (${networkEvent("kept.first_seen")}) or not exists (${networkEvent("kept.last_seen")}))`,
  );
  const histories = await client.query<{ account: string; log_source: string }>(
    `select account, log_source from log_history kept where first_at >= ${HORIZON} and not exists (${logEvent("kept.first_at")})`,
  );
  const actors = await client.query<{ id: string }>(
    `select id from actor kept where first_seen >= ${HORIZON} and (${missing("event", "actor_id")})`,
  );
  const images = await client.query<{ id: string }>(
    `select id from image kept where first_seen >= ${HORIZON} and (${missing("event_image", "image_id")})`,
  );
  return {
    networks: networks.rows.map((row) => [row.actor_id, row.network]),
    histories: histories.rows.map((row) => [row.account, row.log_source]),
    actors: actors.rows.map(({ id }) => id),
    images: images.rows.map(({ id }) => id),
  };
}

export type StaleTimes = {
  networks: [actorId: string, network: string][];
  histories: [account: string, logSource: string][];
  actors: string[];
  images: string[];
};

function missing(table: string, column: string): string {
  const at = (time: string) =>
    `not exists (select from ${table} found where found.${column} = kept.id and found.occurred_at = kept.${time})`;
  return `${at("first_seen")} or ${at("last_seen")}`;
}

/** Puts first and last times right, and what signals follow from them. `holdForAltering` comes before. */
export async function settleTimes(
  client: Transaction,
  stale: StaleTimes,
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<void> {
  const shifts: Shifts = {
    ...NO_SHIFTS,
    networks: await settleNetworks(client, stale.networks),
    histories: await settleHistories(client, stale.histories),
  };
  await settleNamed(client, "actor", "event", "actor_id", stale.actors);
  await settleNamed(client, "image", "event_image", "image_id", stale.images);
  await judgeShifted(client, shifts, { inForce, now });
}

/**
 * Judges the stored detections anew that what moved may concern, and some `besides`, whose alerts are derived anew whatever
 * comes out. `holdForAltering` comes before.
 */
export async function judgeShifted(
  client: Transaction,
  shifts: Shifts,
  { inForce, now, besides = [] }: { inForce: InForce; now: Date; besides?: readonly DetectionKey[] },
): Promise<void> {
  const others = await loadCandidates(client, besides);
  const known = new Set(others.map(keyText));
  const moved = await loadCandidates(client, await listAffected(client, shifts));
  const affected = [...others, ...moved.filter((one) => !known.has(keyText(one)))];
  const judged = await judgeAgain(client, affected, inForce, { resignal: true });
  const run = runOn(client);
  const alertIds = [...new Set([...judged.alertIds, ...others.map(({ alertId }) => alertId)])];
  const before = await holdAlerts(run, alertIds);
  await deriveAlerts(client, alertIds, now);
  await keepNumbers(run, before, { added: null, detections: judged.numbers });
}

function keyText({ occurredAt, eventId, ruleId }: DetectionKey): string {
  return `${occurredAt.getTime()} ${eventId} ${ruleId}`;
}

async function settleNetworks(
  client: Transaction,
  pairs: StaleTimes["networks"],
): Promise<Shifts["networks"]> {
  if (pairs.length === 0) return [];
  const { rows } = await client.query<{ actor_id: string; network: string; was: Date; first: Date | null }>(
    `with found as (
       select kept.actor_id, kept.network, kept.first_seen as was, first.occurred_at as first, last.occurred_at as last
       from actor_network kept join unnest($1::uuid[], $2::text[]) as wanted (actor_id, network) using (actor_id, network)
       left join lateral (
         select occurred_at from event where event.actor_id = kept.actor_id and event.network = kept.network
           and occurred_at >= kept.first_seen order by occurred_at limit 1
       ) first on true
       left join lateral (
         select occurred_at from event where event.actor_id = kept.actor_id and event.network = kept.network
           and occurred_at <= kept.last_seen order by occurred_at desc limit 1
       ) last on true
     ), emptied as (
       delete from actor_network using found
       where actor_network.actor_id = found.actor_id and actor_network.network = found.network and found.first is null
     ), corrected as (
       update actor_network set first_seen = found.first, last_seen = coalesce(found.last, found.first) from found
       where actor_network.actor_id = found.actor_id and actor_network.network = found.network and found.first is not null
     )
     select actor_id, network, was, first from found where first is distinct from was`,
    [pairs.map(([actorId]) => actorId), pairs.map(([, network]) => network)],
  );
  return rows.map((row) => ({
    actorId: row.actor_id,
    network: row.network,
    from: row.was,
    to: row.first ?? row.was,
  }));
}

async function settleHistories(
  client: Transaction,
  pairs: StaleTimes["histories"],
): Promise<Shifts["histories"]> {
  if (pairs.length === 0) return [];
  const { rows } = await client.query<{ account: string; was: Date; first: Date | null }>(
    `with found as (
       select kept.account, kept.log_source, kept.first_at as was, first.occurred_at as first
       from log_history kept join unnest($1::text[], $2::text[]) as wanted (account, log_source) using (account, log_source)
       left join lateral (
         select occurred_at from event where coalesce(event.account, '') = kept.account
           and event.log_source = kept.log_source and occurred_at >= kept.first_at order by occurred_at limit 1
       ) first on true
     ), emptied as (
       delete from log_history using found
       where log_history.account = found.account and log_history.log_source = found.log_source and found.first is null
     ), corrected as (
       update log_history set first_at = found.first from found
       where log_history.account = found.account and log_history.log_source = found.log_source and found.first is not null
     )
     select account, was, first from found where first is distinct from was`,
    [pairs.map(([account]) => account), pairs.map(([, logSource]) => logSource)],
  );
  return rows.map(({ account, was, first }) => ({ account, from: was, to: first ?? NEVER }));
}

/** One that an alert names stays, though no event does any more: the alert is not left with a number for a name. */
async function settleNamed(
  client: Transaction,
  table: "actor" | "image",
  events: "event" | "event_image",
  column: "actor_id" | "image_id",
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const isNamed =
    table === "actor"
      ? "exists (select from alert where alert.actor_ids @> array[found.id])"
      : "found.id in (select image_id from alert where image_id = any($1::uuid[]))";
  await client.query(
    `with found as (
       select kept.id,
         (select occurred_at from ${events} where ${column} = kept.id order by occurred_at limit 1) as first,
         (select occurred_at from ${events} where ${column} = kept.id order by occurred_at desc limit 1) as last
       from ${table} kept where kept.id = any($1::uuid[])
     ), emptied as (
       delete from ${table} using found where ${table}.id = found.id and found.first is null and not ${isNamed}
     )
     update ${table} set first_seen = found.first, last_seen = found.last from found
     where ${table}.id = found.id and found.first is not null`,
    [ids],
  );
}
