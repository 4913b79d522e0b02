import type { Transaction } from "#lib/db/client.ts";
import { FOLLOWS_MS, HISTORY_STEPS_MS, NEW_MS, OTHERS_MS } from "#lib/detection/history.ts";
import { FIRST_POINTS } from "#lib/detection/points.ts";
import { NEW_NETWORK_MS } from "#lib/detection/signal.ts";
import { KEY_COLUMNS, type KeyRow, keysOf } from "./affected-keys.ts";
import type { Shifts } from "./store-context.ts";

/** The stored detections whose scores may be others now. What moves signals moves scores too, and is not looked for again. */
export async function listRescored(client: Transaction, shifts: Shifts): Promise<KeyRow[]> {
  return [
    ...(await byFirst(client, shifts.firsts)),
    ...(await byHistoryStep(client, shifts.histories)),
    ...(await byOwnWork(client, shifts.works)),
    ...(await byWorkOfOthers(client, shifts.works)),
    ...(await byRefusal(client, shifts.refusals)),
    ...(await byStep(client, shifts.steps)),
  ];
}

/** An actor was somewhere, or did something, earlier than was known. */
function byFirst(client: Transaction, shifts: Shifts["firsts"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as moved (actor_id, earlier, later)
     join detection on detection.actor_id = moved.actor_id and detection.occurred_at >= moved.earlier
       and detection.occurred_at <= moved.later + $4 * interval '1 millisecond'`,
    [
      shifts.map(({ actorId }) => actorId),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      NEW_MS,
    ],
  );
}

const FIRST_IDS = Object.keys(FIRST_POINTS);

/**
 * A log goes further back: at the first step first times begin to count, at the others it is said how long history is. Only
 * those that count have said so.
 */
function byHistoryStep(client: Transaction, shifts: Shifts["histories"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as moved (account, earlier, later)
     cross join unnest($4::float8[]) with ordinality as step (ms, nth)
     join detection on coalesce(detection.account, '') = moved.account
       and detection.occurred_at >= moved.earlier + step.ms * interval '1 millisecond'
       and detection.occurred_at <= moved.later + (step.ms + case nth when 1 then $5::float8 else $6::float8 end) * interval '1 millisecond'
     where nth = 1 or exists (select from jsonb_array_elements(addends) as one where one ->> 'id' = any($7::text[]))`,
    [
      shifts.map(({ account }) => account),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      HISTORY_STEPS_MS,
      NEW_MS,
      NEW_NETWORK_MS,
      FIRST_IDS,
    ],
  );
}

/** An actor worked on something earlier than was known. */
function byOwnWork(client: Transaction, shifts: Shifts["works"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as moved (scope, actor_id, earlier, later)
     join image_work work on work.scope = moved.scope and work.actor_id = moved.actor_id
       and work.occurred_at >= moved.earlier and work.occurred_at <= moved.later + $5 * interval '1 millisecond'
     join detection on detection.occurred_at = work.occurred_at and detection.event_id = work.event_id`,
    [
      shifts.map(({ scope }) => scope),
      shifts.map(({ actorId }) => actorId),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      NEW_MS,
    ],
  );
}

/** Nobody had worked on it as early: others come after somebody now. */
function byWorkOfOthers(client: Transaction, shifts: Shifts["works"]): Promise<KeyRow[]> {
  const moved = shifts.flatMap(({ anyTo, ...rest }) => (anyTo === null ? [] : [{ ...rest, anyTo }]));
  return keysOf(
    client,
    moved.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as moved (scope, earlier, later)
     join image_work work on work.scope = moved.scope
       and work.occurred_at >= moved.earlier + $4::float8 * interval '1 millisecond'
       and work.occurred_at <= moved.later + ($4::float8 + $5::float8) * interval '1 millisecond'
     join detection on detection.occurred_at = work.occurred_at and detection.event_id = work.event_id`,
    [
      moved.map(({ scope }) => scope),
      moved.map(({ from }) => from),
      moved.map(({ anyTo }) => anyTo),
      OTHERS_MS,
      NEW_MS,
    ],
  );
}

function byRefusal(client: Transaction, shifts: Shifts["refusals"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::timestamptz[]) as refused (actor_id, at)
     join detection on detection.actor_id = refused.actor_id and detection.occurred_at >= refused.at
       and detection.occurred_at <= refused.at + $3 * interval '1 millisecond' and detection.outcome = 'success'`,
    [shifts.map(({ actorId }) => actorId), shifts.map(({ at }) => at), FOLLOWS_MS],
  );
}

/** An image was pulled or built upon: a push of it that follows may be the end of that story. */
function byStep(client: Transaction, shifts: Shifts["steps"]): Promise<KeyRow[]> {
  return keysOf(
    client,
    shifts.length,
    `select ${KEY_COLUMNS}
     from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as step (image_id, first, last)
     join detection on detection.image_id = step.image_id and detection.tag is not null
       and detection.occurred_at >= step.first and detection.occurred_at <= step.last + $4 * interval '1 millisecond'`,
    [
      shifts.map(({ imageId }) => imageId),
      shifts.map(({ from }) => from),
      shifts.map(({ to }) => to),
      FOLLOWS_MS,
    ],
  );
}
