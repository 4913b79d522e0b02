import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { plainArray, timeArray } from "#lib/db/copy.ts";
import { mainImage } from "#lib/detection/alert-key.ts";
import { isPullOrBuild, isUse } from "#lib/detection/image-use.ts";
import { callId, isRefusal, scopesOf } from "#lib/detection/image-work.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import type { FoundEvent } from "../pipeline.ts";

/** The first work of an actor in a scope moved, and (`anyTo`) that of anybody. */
export type WorkShift = { scope: string; actorId: string; from: Date; to: Date; anyTo: Date | null };
export type RefusalShift = { actorId: string; at: Date };
/** An image was started or pulled, or something that a push may be the end of was done with it. */
export type UseShift = { imageId: string; from: Date; to: Date };

export async function storeImageWork(
  client: Transaction,
  events: readonly FoundEvent[],
): Promise<WorkShift[]> {
  const rows = events.flatMap(({ event }) => {
    if (!event.actor) return [];
    const actorId = nameId(event.platform, event.actor.key);
    return scopesOf(event).map((scope) => ({ scope, actorId, at: event.occurredAt, eventId: event.id }));
  });
  if (rows.length === 0) return [];
  const { rows: moved } = await client.query<MovedRow>(STORE_WORK, [
    plainArray(rows.map(({ scope }) => scope)),
    plainArray(rows.map(({ actorId }) => actorId)),
    timeArray(rows.map(({ at }) => at)),
    plainArray(rows.map(({ eventId }) => eventId)),
  ]);
  return moved.map(shiftOf);
}

export type MovedRow = {
  scope: string;
  actor_id: string;
  at: Date;
  own_at: Date | null;
  any_at: Date | null;
};

/** What was, or is, besides is the first work at `own_at` and `any_at`. */
export function shiftOf({ scope, actor_id, at, own_at, any_at }: MovedRow): WorkShift {
  const anyTo = any_at !== null && any_at > at ? any_at : null;
  return { scope, actorId: actor_id, from: at, to: own_at ?? at, anyTo };
}

/** The first work besides that in `firsts`, as the statement finds it: what it writes itself it does not see. */
export const BESIDES = `
  left join lateral (
    select occurred_at from image_work known where known.scope = firsts.scope and known.actor_id = firsts.actor_id
    order by occurred_at limit 1
  ) own on true
  left join lateral (
    select occurred_at from image_work known where known.scope = firsts.scope order by occurred_at limit 1
  ) anyone on true
  where own.occurred_at is null or own.occurred_at > firsts.at`;

const STORE_WORK = `
  with found as (
    select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[]) as found (scope, actor_id, occurred_at, event_id)
  ), written as (
    insert into image_work (scope, actor_id, occurred_at, event_id)
    select * from found order by occurred_at, event_id, scope on conflict do nothing
  ), firsts as (
    select scope, actor_id, min(occurred_at) as at from found group by scope, actor_id
  )
  select firsts.*, own.occurred_at as own_at, anyone.occurred_at as any_at from firsts ${BESIDES}`;

export async function storeRefusals(
  client: Transaction,
  events: readonly FoundEvent[],
): Promise<RefusalShift[]> {
  const rows = events.flatMap(({ event }) => {
    if (!event.actor || !isRefusal(event)) return [];
    const image = mainImage(event.images);
    return [
      {
        actorId: nameId(event.platform, event.actor.key),
        callId: callId(event.operation),
        at: event.occurredAt,
        eventId: event.id,
        imageId: image ? nameId(event.platform, image.key) : null,
      },
    ];
  });
  if (rows.length === 0) return [];
  await client.query(
    `insert into refused_call (actor_id, call_id, occurred_at, event_id, image_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::uuid[]) on conflict do nothing`,
    [
      rows.map(({ actorId }) => actorId),
      rows.map((row) => row.callId),
      rows.map(({ at }) => at),
      rows.map(({ eventId }) => eventId),
      rows.map(({ imageId }) => imageId),
    ],
  );
  return rows.map(({ actorId, at }) => ({ actorId, at }));
}

/** Where images are used: by whichever log an image is known, it is the same. */
export function usesOf(events: readonly FoundEvent[]): UseShift[] {
  const used = events.flatMap(({ event }) =>
    event.outcome !== "failure" && event.images.length > 0 && isUse(event.operation)
      ? event.images.flatMap(({ key }) => imageIds(key).map((imageId) => ({ imageId, at: event.occurredAt })))
      : [],
  );
  return spansOf(used);
}

/** What pushes may be the end of. */
export function stepsOf(events: readonly FoundEvent[]): UseShift[] {
  const steps = events.flatMap(({ event: { platform, images, outcome, operation, occurredAt: at } }) =>
    outcome !== "failure" && images.length > 0 && isPullOrBuild(operation)
      ? images.map(({ key }) => ({ imageId: nameId(platform, key), at }))
      : [],
  );
  return spansOf(steps);
}

/** From the first to the last of each image. */
export function spansOf(times: readonly { imageId: string; at: Date }[]): UseShift[] {
  const spans = new Map<string, UseShift>();
  for (const { imageId, at } of times) {
    const span = spans.get(imageId);
    if (!span) spans.set(imageId, { imageId, from: at, to: at });
    else if (at < span.from) span.from = at;
    else if (at > span.to) span.to = at;
  }
  return [...spans.values()];
}

/** The ids that an image may have: a cluster and a cloud name the same one. */
export function imageIds(key: string): string[] {
  return PLATFORMS.map((platform) => nameId(platform, key));
}
