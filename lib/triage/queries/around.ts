import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { EventKey } from "#lib/events/event-key.ts";
import { type EventOutcome, OUTCOMES } from "#lib/logs/normalize/event.ts";
import type { AlertRow, NamedLink } from "../alert.ts";

const { sql, join } = Prisma;

/** Before an alert's first detection, from there to its last, and after. */
export const PARTS = ["before", "meanwhile", "after"] as const;
export type Part = (typeof PARTS)[number];

/** Calls of one kind by one actor. */
export type AroundCalls = {
  part: Part;
  actor: NamedLink | null;
  operation: string;
  outcome: EventOutcome;
  count: number;
  first: EventKey;
  lastAt: Date;
  /** The image that all of them touch; null where there is none, or several. */
  image: NamedLink | null;
};

export type Around = {
  calls: AroundCalls[];
  /** Kinds of calls beyond those. */
  more: number;
  /** Not all events of the time were looked at, but those nearest to the detections. */
  isPart: boolean;
};

export const AROUND_MS = 3_600_000;
/** Events looked at of each actor and of the image in each part. */
export const AROUND_LOOKED_AT = 300;
const MOST_ACTORS = 5;
const MOST_CALLS = 30;

/** What else the actors of an alert did from an hour before to an hour after it, and what else happened to its image. */
export async function listAround(
  alert: Pick<AlertRow, "id" | "firstAt" | "lastAt">,
  actorIds: readonly string[],
  imageIds: readonly string[],
): Promise<Around> {
  const walks = PARTS.map((part) => {
    const [within, direction] = timesOf(part, alert);
    return sql`
      select ${part}::text as part, walked.* from unnest(${actorIds.slice(0, MOST_ACTORS)}::uuid[]) as asked (actor_id)
      cross join lateral (
        select occurred_at, id, row_number() over () as n from (
          select occurred_at, id from event where actor_id = asked.actor_id and ${within}
          order by occurred_at ${direction}, id ${direction} limit ${AROUND_LOOKED_AT}
        ) nearest
      ) walked
      union all
      select ${part}::text, walked.* from unnest(${[...imageIds]}::uuid[]) as asked (image_id)
      cross join lateral (
        select occurred_at, event_id, row_number() over () as n from (
          select occurred_at, event_id from event_image where image_id = asked.image_id and ${within}
          order by occurred_at ${direction}, event_id ${direction} limit ${AROUND_LOOKED_AT}
        ) nearest
      ) walked`;
  });
  const found = await db().$queryRaw<unknown[]>`
    with looked as materialized (${join(walks, " union all ")}),
    own as (select distinct occurred_at, event_id from detection where alert_id = ${alert.id}::uuid),
    other as (
      select distinct looked.part, looked.occurred_at, looked.id from looked
      where not exists (select from own where own.occurred_at = looked.occurred_at and own.event_id = looked.id)
    ), call as (
      select other.part, event.actor_id, event.operation, event.outcome, count(*)::int as count,
        min(other.occurred_at) as first_at, max(other.occurred_at) as last_at,
        (array_agg(other.id order by other.occurred_at, other.id))[1] as first_id,
        min(image.image_id::text) as image_id, max(image.image_id::text) as other_image_id
      from other join event on event.occurred_at = other.occurred_at and event.id = other.id
      left join lateral (
        select image_id from event_image where occurred_at = event.occurred_at and event_id = event.id
        order by image_id limit 1
      ) image on true
      group by other.part, event.actor_id, event.operation, event.outcome
    )
    select call.*, actor.name as actor_name, image.name as image_name,
      (select count(*)::int from call) as kinds,
      exists (select from looked where n >= ${AROUND_LOOKED_AT}) as is_part
    from call
    left join actor on actor.id = call.actor_id
    left join image on image.id = call.image_id::uuid and call.image_id = call.other_image_id
    order by call.first_at, call.first_id limit ${MOST_CALLS}`;
  const rows = rowsSchema.parse(found);
  const [one] = rows;
  return {
    calls: rows.map(({ call }) => call),
    more: (one?.kinds ?? 0) - rows.length,
    isPart: (one?.isPart ?? false) || actorIds.length > MOST_ACTORS,
  };
}

/** The times of a part, and in which direction its events are the nearer ones first. */
function timesOf(
  part: Part,
  { firstAt, lastAt }: Pick<AlertRow, "firstAt" | "lastAt">,
): [within: Prisma.Sql, direction: Prisma.Sql] {
  const [before, after] = [new Date(firstAt.getTime() - AROUND_MS), new Date(lastAt.getTime() + AROUND_MS)];
  switch (part) {
    case "before":
      return [sql`occurred_at >= ${before} and occurred_at < ${firstAt}`, sql`desc`];
    case "meanwhile":
      return [sql`occurred_at >= ${firstAt} and occurred_at <= ${lastAt}`, sql`asc`];
    case "after":
      return [sql`occurred_at > ${lastAt} and occurred_at <= ${after}`, sql`asc`];
  }
}

const rowsSchema = z.array(
  z
    .object({
      part: z.enum(PARTS),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
      operation: z.string(),
      outcome: z.enum(OUTCOMES),
      count: z.int(),
      first_at: z.date(),
      first_id: z.guid(),
      last_at: z.date(),
      image_id: z.guid().nullable(),
      image_name: z.string().nullable(),
      kinds: z.int(),
      is_part: z.boolean(),
    })
    .transform((row) => ({
      kinds: row.kinds,
      isPart: row.is_part,
      call: {
        part: row.part,
        actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? row.actor_id },
        operation: row.operation,
        outcome: row.outcome,
        count: row.count,
        first: { occurredAt: row.first_at, id: row.first_id },
        lastAt: row.last_at,
        image:
          row.image_id === null || row.image_name === null
            ? null
            : { id: row.image_id, name: row.image_name },
      } satisfies AroundCalls,
    })),
);
