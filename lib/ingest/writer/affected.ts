import type { Transaction } from "#lib/db/client.ts";
import { GUARD_MS, HISTORY_NEEDED_MS, LOGIN_MS, NEW_NETWORK_MS } from "#lib/detection/signal.ts";
import { KEY_COLUMNS, type KeyRow, keysOf } from "./affected-keys.ts";
import { listRescored } from "./affected-scores.ts";
import type { DetectionKey } from "./candidate.ts";
import type { Shifts } from "./store-context.ts";

/** The stored detections whose signals or scores may be others now that a batch has told of the time before them. */
export async function listAffected(client: Transaction, shifts: Shifts): Promise<DetectionKey[]> {
  const found = [
    ...(await byNetwork(client, shifts.networks)),
    ...(await byHistory(client, shifts.histories)),
    ...(await byLogin(client, shifts.logins)),
    ...(await byTag(client, shifts.tags)),
    ...(await byImageGuard(client, shifts.guards)),
    ...(await byRegionGuard(client, shifts.guards)),
    ...(await listRescored(client, shifts)),
  ];
  const keys = new Map(
    found.map((row) => [`${row.occurred_at.getTime()} ${row.event_id} ${row.rule_id}`, row] as const),
  );
  return [...keys.values()].map(({ occurred_at: occurredAt, event_id: eventId, rule_id: ruleId }) => ({
    occurredAt,
    eventId,
    ruleId,
  }));
}

/** An actor was in a network earlier than was known: what came from there since may be no longer, or only now, new. */
function byNetwork(client: Transaction, shifts: Shifts["networks"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as moved (actor_id, network, earlier, later)
     join detection on detection.actor_id = moved.actor_id and detection.networks @> array[moved.network]
       and detection.occurred_at >= moved.earlier
       and detection.occurred_at <= moved.later + $5 * interval '1 millisecond'`,
    [
      shifts.map(({ actorId }) => actorId),
      shifts.map(({ network }) => network),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      NEW_NETWORK_MS,
    ],
  );
}

/** A log goes further back: first times in between begin to count. */
function byHistory(client: Transaction, shifts: Shifts["histories"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as moved (account, earlier, later)
     join actor_network on actor_network.first_seen >= moved.earlier + $4 * interval '1 millisecond'
       and actor_network.first_seen < moved.later + $4 * interval '1 millisecond'
     join detection on detection.actor_id = actor_network.actor_id and coalesce(detection.account, '') = moved.account
       and detection.networks @> array[actor_network.network] and detection.occurred_at >= actor_network.first_seen
       and detection.occurred_at <= actor_network.first_seen + $5 * interval '1 millisecond'`,
    [
      shifts.map(({ account }) => account),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      HISTORY_NEEDED_MS,
      NEW_NETWORK_MS,
    ],
  );
}

/** A token was fetched: whoever fetched it may stand behind the pushes of its key. */
function byLogin(client: Transaction, shifts: Shifts["logins"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as login (actor_id, access_key, at)
     join detection on detection.actor_id = login.actor_id and detection.access_key = login.access_key
       and detection.address is null and detection.occurred_at >= login.at
       and detection.occurred_at < login.at + $4 * interval '1 millisecond'`,
    [
      shifts.map(({ actorId }) => actorId),
      shifts.map(({ accessKey }) => accessKey),
      shifts.map(({ at }) => at),
      LOGIN_MS,
    ],
  );
}

/** A tag was put on a digest: the next time that it was put on one is compared with this. */
function byTag(client: Transaction, shifts: Shifts["tags"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[]) as put (image_id, tag, at, event_id)
     cross join lateral (
       select next.occurred_at, next.event_id
       from event_image next join event on event.occurred_at = next.occurred_at and event.id = next.event_id
       where next.image_id = put.image_id and next.tag = put.tag and next.role = 'made' and next.digest is not null
         and (next.occurred_at, next.event_id) > (put.at, put.event_id) and event.outcome <> 'failure'
       order by next.occurred_at, next.event_id limit 1
     ) next
     join detection on detection.occurred_at = next.occurred_at and detection.event_id = next.event_id`,
    [
      shifts.map(({ imageId }) => imageId),
      shifts.map(({ tag }) => tag),
      shifts.map(({ at }) => at),
      shifts.map(({ eventId }) => eventId),
    ],
  );
}

function byImageGuard(client: Transaction, shifts: Shifts["guards"]): Promise<KeyRow[]> {
  const guards = shifts.filter(({ imageId }) => imageId !== null);
  return keysOf(
    client,
    guards.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::timestamptz[]) as guard (image_id, at)
     join event_image on event_image.image_id = guard.image_id and event_image.occurred_at >= guard.at
       and event_image.occurred_at <= guard.at + $3 * interval '1 millisecond'
     join detection on detection.occurred_at = event_image.occurred_at and detection.event_id = event_image.event_id`,
    [guards.map(({ imageId }) => imageId), guards.map(({ at }) => at), GUARD_MS],
  );
}

function byRegionGuard(client: Transaction, shifts: Shifts["guards"]): Promise<KeyRow[]> {
  const guards = shifts.filter(({ imageId }) => imageId === null);
  return keysOf(
    client,
    guards.length,
    `select ${KEY_COLUMNS}
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as guard (account, region, at)
     join detection on detection.occurred_at >= guard.at
       and detection.occurred_at <= guard.at + $4 * interval '1 millisecond'
       and detection.account is not distinct from guard.account and detection.region is not distinct from guard.region`,
    [
      guards.map(({ account }) => account),
      guards.map(({ region }) => region),
      guards.map(({ at }) => at),
      GUARD_MS,
    ],
  );
}
