import { arrayLiteral, plainArray, timeArray } from "#lib/db/copy.ts";
import { type FirstField, firstValueId, SCORED_FIRSTS } from "../first.ts";
import type { Run } from "./run.ts";

const COLUMN_OF = {
  operation: "event.operation",
  account: "event.account",
  region: "event.region",
  address: "event.source_ip",
  agent: "event.user_agent",
  session: "event.session",
  key: "event.access_key",
} as const satisfies Record<Exclude<FirstField, "image">, string>;

/** `firstValueId` of ../first.ts. */
const VALUE_ID = "case field when 'image' then value::uuid else md5(value)::uuid end";

/** Pairs of a field's name and its value in a row of `event`: all but the image. */
export const FIRST_VALUES = Object.entries(COLUMN_OF)
  .map(([field, column]) => `('${field}', ${column})`)
  .join(", ");

/** The first times in a set of events, named `event` in `from`. */
export function firstsOf(from: string): string {
  return `
  insert into actor_first (actor_id, field, value_id, value, first_seen)
  select * from (
  select actor_id, field, ${VALUE_ID} as value_id, value, min(occurred_at) as first_seen from (
    select event.actor_id, field, value, event.occurred_at
    from ${from} cross join lateral (values ${FIRST_VALUES}) as one (field, value)
    where event.actor_id is not null and value is not null
    union all
    select event.actor_id, 'image', event_image.image_id::text, event.occurred_at
    from ${from} join event_image on event_image.occurred_at = event.occurred_at and event_image.event_id = event.id
    where event.actor_id is not null
  ) found
  group by actor_id, field, value
  ) first where not exists (
    select from actor_first known where known.actor_id = first.actor_id and known.field = first.field
      and known.value_id = first.value_id and known.first_seen <= first.first_seen
  ) order by actor_id, field, value_id
  on conflict (actor_id, field, value_id) do update set first_seen = excluded.first_seen
  where excluded.first_seen < actor_first.first_seen`;
}

/** An actor's first time with an operation, in an account or in a region moved. */
export type FirstShift = { actorId: string; from: Date; to: Date };

/** Keeps first times by a `statement` that inserts them. Returns which of those that scores ask for moved. */
async function keep(run: Run, statement: string, values: unknown[]): Promise<FirstShift[]> {
  const rows = await run(
    `with written as (${statement} returning actor_id, field, value_id, first_seen)
     select distinct actor_id, written.first_seen as now, coalesce(before.first_seen, written.first_seen) as was
     from written left join actor_first before using (actor_id, field, value_id)
     where field in (${SCORED_FIRSTS.map((field) => `'${field}'`).join(", ")})`,
    values,
  );
  return (rows as { actor_id: string; now: Date; was: Date }[]).map((row) => ({
    actorId: row.actor_id,
    from: row.now,
    to: row.was,
  }));
}

/**
 * Keeps when each actor was first seen with each value. Only minima: any order, and repetition, give the same. `added`: the
 * table in which the transaction has the events that it stored anew.
 */
export async function keepActorFirsts(run: Run, added: string): Promise<FirstShift[]> {
  return await keep(run, firstsOf(`${added} as event`), []);
}

/** An actor was seen with a value, an image by its id. */
export type FirstTime = { actorId: string; field: FirstField; value: string; at: Date };

/** The same of what somebody has gathered: each actor, field and value once, with its first time. */
export async function keepFirstTimes(run: Run, firsts: readonly FirstTime[]): Promise<FirstShift[]> {
  if (firsts.length === 0) return [];
  return await keep(run, KEEP_FIRST_TIMES, [
    plainArray(firsts.map(({ actorId }) => actorId)),
    plainArray(firsts.map(({ field }) => field)),
    plainArray(firsts.map(({ field, value }) => firstValueId(field, value))),
    arrayLiteral(firsts.map(({ value }) => value)),
    timeArray(firsts.map(({ at }) => at)),
  ]);
}

const KEEP_FIRST_TIMES = `
  insert into actor_first (actor_id, field, value_id, value, first_seen)
  select first.* from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])
    as first (actor_id, field, value_id, value, first_seen)
  where not exists (
    select from actor_first known where known.actor_id = first.actor_id and known.field = first.field
      and known.value_id = first.value_id and known.first_seen <= first.first_seen
  ) order by actor_id, field, value_id
  on conflict (actor_id, field, value_id) do update set first_seen = excluded.first_seen
  where excluded.first_seen < actor_first.first_seen`;
