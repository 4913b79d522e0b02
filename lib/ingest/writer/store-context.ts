import type { FirstShift } from "#lib/aggregates/commands/keep-actor-firsts.ts";
import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { guardScope, loweredGuard } from "#lib/detection/signal.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { FoundEvent } from "../pipeline.ts";
import {
  type RefusalShift,
  stepsOf,
  storeImageWork,
  storeRefusals,
  type UseShift,
  usesOf,
  type WorkShift,
} from "./store-image-work.ts";

/** What of the context of signals and scores a batch moved: stored detections may carry others now. */
export type Shifts = {
  /** First times that moved back. */
  networks: { actorId: string; network: string; from: Date; to: Date }[];
  histories: { account: string; from: Date; to: Date }[];
  logins: { actorId: string; accessKey: string; at: Date }[];
  tags: { imageId: string; tag: string; at: Date; eventId: string }[];
  guards: { imageId: string | null; account: string | null; region: string | null; at: Date }[];
  works: WorkShift[];
  refusals: RefusalShift[];
  /** Steps of stories that a push may be the end of. */
  steps: UseShift[];
  /** Uses of images, which the stories of alerts tell. */
  uses: UseShift[];
  /** First times of actors with an operation, in an account or in a region. */
  firsts: FirstShift[];
};

export const NO_SHIFTS: Shifts = {
  networks: [],
  histories: [],
  logins: [],
  tags: [],
  guards: [],
  works: [],
  refusals: [],
  steps: [],
  uses: [],
  firsts: [],
};

/**
 * Keeps what signals and scores ask of the time before an event: in which networks an actor was seen since when, how far logs
 * go back, where registry tokens were fetched, which guards were lowered, who worked on what, what was refused. Only minima
 * and sets: any order gives the same. First times are the caller's: `firsts`.
 */
export async function storeContext(
  client: Transaction,
  events: readonly FoundEvent[],
  firsts: FirstShift[],
): Promise<Shifts> {
  await storeNetworkNames(client, events);
  return {
    networks: await storeActorNetworks(client, events),
    histories: await storeHistories(client, events),
    logins: await storeLogins(client, events),
    tags: tagsOf(events),
    guards: await storeGuards(client, events),
    works: await storeImageWork(client, events),
    refusals: await storeRefusals(client, events),
    steps: stepsOf(events),
    uses: usesOf(events),
    firsts,
  };
}

function actorIdOf({ event }: FoundEvent): string | null {
  return event.actor && nameId(event.platform, event.actor.key);
}

async function storeNetworkNames(client: Transaction, events: readonly FoundEvent[]): Promise<void> {
  const names = new Map(
    events.flatMap(({ network }) => (network?.name ? [[network.key, network.name] as const] : [])),
  );
  if (names.size === 0) return;
  await client.query(
    `insert into network (key, name) select * from unnest($1::text[], $2::text[]) as found (key, name) order by key
     on conflict (key) do update set name = excluded.name where network.name <> excluded.name`,
    [[...names.keys()], [...names.values()]],
  );
}

async function storeActorNetworks(
  client: Transaction,
  events: readonly FoundEvent[],
): Promise<Shifts["networks"]> {
  const spans = new Map<string, { actorId: string; network: string; first: Date; last: Date }>();
  for (const found of events) {
    const actorId = actorIdOf(found);
    if (!actorId || !found.network) continue;
    const at = found.event.occurredAt;
    const key = `${actorId} ${found.network.key}`;
    const span = spans.get(key);
    if (!span) spans.set(key, { actorId, network: found.network.key, first: at, last: at });
    else {
      if (at < span.first) span.first = at;
      if (at > span.last) span.last = at;
    }
  }
  if (spans.size === 0) return [];
  const all = [...spans.values()];
  const { rows } = await client.query<{ actor_id: string; network: string; was: Date | null; now: Date }>(
    `with seen as (
       select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as seen (actor_id, network, first, last)
     ), before as (
       select actor_network.* from actor_network join seen using (actor_id, network)
     ), written as (
       insert into actor_network (actor_id, network, first_seen, last_seen) select * from seen order by actor_id, network
       on conflict (actor_id, network) do update set
         first_seen = least(actor_network.first_seen, excluded.first_seen),
         last_seen = greatest(actor_network.last_seen, excluded.last_seen)
       where excluded.first_seen < actor_network.first_seen or excluded.last_seen > actor_network.last_seen
       returning actor_id, network, first_seen
     )
     select written.actor_id, written.network, before.first_seen as was, written.first_seen as now
     from written join before using (actor_id, network) where before.first_seen > written.first_seen`,
    [
      all.map(({ actorId }) => actorId),
      all.map(({ network }) => network),
      all.map(({ first }) => first),
      all.map(({ last }) => last),
    ],
  );
  return rows.map((row) => ({
    actorId: row.actor_id,
    network: row.network,
    from: row.now,
    to: row.was ?? row.now,
  }));
}

async function storeHistories(
  client: Transaction,
  events: readonly FoundEvent[],
): Promise<Shifts["histories"]> {
  const firsts = new Map<string, { account: string; logSource: string; first: Date }>();
  for (const { event } of events) {
    const account = event.account ?? "";
    const key = `${event.logSource} ${account}`;
    const known = firsts.get(key);
    if (!known) firsts.set(key, { account, logSource: event.logSource, first: event.occurredAt });
    else if (event.occurredAt < known.first) known.first = event.occurredAt;
  }
  const all = [...firsts.values()];
  const { rows } = await client.query<{ account: string; was: Date; now: Date }>(
    `with seen as (
       select * from unnest($1::text[], $2::text[], $3::timestamptz[]) as seen (account, log_source, first)
     ), before as (
       select log_history.* from log_history join seen using (account, log_source)
     ), written as (
       insert into log_history (account, log_source, first_at) select * from seen order by account, log_source
       on conflict (account, log_source) do update set first_at = excluded.first_at
       where excluded.first_at < log_history.first_at
       returning account, log_source, first_at
     )
     select account, before.first_at as was, written.first_at as now
     from written join before using (account, log_source)`,
    [all.map(({ account }) => account), all.map(({ logSource }) => logSource), all.map(({ first }) => first)],
  );
  return rows.map(({ account, was, now }) => ({ account, from: now, to: was }));
}

/** Source of the operation's name: AWS, "Logging Amazon ECR API calls with CloudTrail". */
const LOGIN = "GetAuthorizationToken";

async function storeLogins(client: Transaction, events: readonly FoundEvent[]): Promise<Shifts["logins"]> {
  const logins = events.flatMap((found) => {
    const { event, network } = found;
    const actorId = actorIdOf(found);
    if (event.operation !== LOGIN || event.outcome === "failure") return [];
    if (!event.accessKey || !network || !actorId) return [];
    return [
      { actorId, accessKey: event.accessKey, at: event.occurredAt, eventId: event.id, network: network.key },
    ];
  });
  if (logins.length === 0) return [];
  await client.query(
    `insert into registry_login (access_key, occurred_at, event_id, network)
     select * from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[]) on conflict do nothing`,
    [
      logins.map(({ accessKey }) => accessKey),
      logins.map(({ at }) => at),
      logins.map(({ eventId }) => eventId),
      logins.map(({ network }) => network),
    ],
  );
  return logins;
}

function tagsOf(events: readonly FoundEvent[]): Shifts["tags"] {
  return events.flatMap(({ event }) =>
    event.outcome === "failure"
      ? []
      : event.images.flatMap(({ key, role, tag, digest }) =>
          role === "made" && tag !== null && digest !== null
            ? [{ imageId: nameId(event.platform, key), tag, at: event.occurredAt, eventId: event.id }]
            : [],
        ),
  );
}

async function storeGuards(client: Transaction, events: readonly FoundEvent[]): Promise<Shifts["guards"]> {
  const guards = events.flatMap(({ event }) => {
    const { account, region, occurredAt: at, id: eventId } = event;
    return guardedBy(event).map((imageId) => ({ imageId, account, region, at, eventId }));
  });
  if (guards.length === 0) return [];
  await client.query(
    `insert into guard_lowered (scope, occurred_at, event_id)
     select * from unnest($1::text[], $2::timestamptz[], $3::uuid[]) on conflict do nothing`,
    [
      guards.map(({ imageId, account, region }) => guardScope(imageId ? { imageId } : { account, region })),
      guards.map(({ at }) => at),
      guards.map(({ eventId }) => eventId),
    ],
  );
  return guards;
}

/** The images whose guard an event lowers; null stands for all of its account's region. */
function guardedBy(event: LogEvent): (string | null)[] {
  const guard = loweredGuard(event);
  if (guard === null) return [];
  return guard === "region" ? [null] : event.images.map(({ key }) => nameId(event.platform, key));
}
