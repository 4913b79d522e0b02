import { z } from "zod";
import { db } from "#lib/db/client.ts";
import type { Replaced } from "../sentence.ts";

/** A tag that a push put on a digest, at the first record of it. */
export type PutTag = { tag: string; digest: string; at: Date };

/** So many records tell at most of the push before: one a source. */
const RECORDS_OF_ONE = 5;

/**
 * What stood behind each of the tags before, where that is another digest; null where it is the same one, or none is stored. In
 * the order of the tags. `imageIds`: all ids of the image, which sources of several platforms know by one each.
 */
export async function listReplaced(
  imageIds: readonly string[],
  puts: readonly PutTag[],
): Promise<(Replaced | null)[]> {
  if (puts.length === 0 || imageIds.length === 0) return puts.map(() => null);
  const found = await db().$queryRaw<unknown[]>`
    select asked.place, before.digest, before.occurred_at, before.event_id, before.actor_id, actor.name as actor_name
    from unnest(
      ${puts.map((_, place) => place)}::int[], ${puts.map(({ tag }) => tag)}::text[],
      ${puts.map(({ at }) => at.toISOString())}::timestamptz[]
    ) as asked (place, tag, time)
    cross join unnest(${[...imageIds]}::uuid[]) as known (image_id)
    cross join lateral (
      select event_image.occurred_at, event_image.event_id, event_image.digest, event.actor_id
      from event_image join event on event.occurred_at = event_image.occurred_at and event.id = event_image.event_id
      where event_image.image_id = known.image_id and event_image.tag = asked.tag and event_image.role = 'made'
        and event_image.digest is not null and event_image.occurred_at < asked.time and event.outcome <> 'failure'
      order by event_image.occurred_at desc, event_image.event_id desc limit ${RECORDS_OF_ONE}
    ) before
    left join actor on actor.id = before.actor_id
    order by asked.place, before.occurred_at desc, before.event_id desc`;
  const rows = rowsSchema.parse(found);
  return puts.map((put, place) =>
    replacedBy(
      put,
      rows.filter((row) => row.place === place),
    ),
  );
}

/** The latest of what was before. Which actor put it there may be known to another source than the latest one. */
function replacedBy({ tag, digest, at }: PutTag, before: readonly Row[]): Replaced | null {
  const [last] = before;
  if (!last || last.digest === digest) return null;
  const other = before.findIndex((row) => row.digest !== last.digest);
  const same = other === -1 ? before : before.slice(0, other);
  const told = same.find(({ by }) => by !== null) ?? last;
  return {
    tag,
    digest: last.digest,
    by: told.by,
    ms: at.getTime() - told.event.occurredAt.getTime(),
    event: told.event,
  };
}

type Row = z.infer<typeof rowsSchema>[number];

const rowsSchema = z.array(
  z
    .object({
      place: z.int(),
      digest: z.string(),
      occurred_at: z.date(),
      event_id: z.guid(),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
    })
    .transform((row) => ({
      place: row.place,
      digest: row.digest,
      by: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? row.actor_id },
      event: { occurredAt: row.occurred_at, id: row.event_id },
    })),
);
