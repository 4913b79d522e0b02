import type { FirstField } from "../first.ts";
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

/** `contentId` of lib/content-id.ts. */
const HASH = "left(encode(sha256(convert_to(value, 'UTF8')), 'hex'), 32)::uuid";

const values = Object.entries(COLUMN_OF).map(([field, column]) => `('${field}', ${column})`);

/** The first times in a set of events, named `event` in `from`. */
export function firstsOf(from: string): string {
  return `
  insert into actor_first (actor_id, field, value_id, value, first_seen)
  select actor_id, field, value_id, min(value), min(occurred_at) from (
    select event.actor_id, field, ${HASH} as value_id, value, event.occurred_at
    from ${from} cross join lateral (values ${values.join(", ")}) as one (field, value)
    where event.actor_id is not null and value is not null
    union all
    select event.actor_id, 'image', event_image.image_id, event_image.image_id::text, event.occurred_at
    from ${from} join event_image on event_image.occurred_at = event.occurred_at and event_image.event_id = event.id
    where event.actor_id is not null
  ) found
  group by actor_id, field, value_id order by actor_id, field, value_id
  on conflict (actor_id, field, value_id) do update set first_seen = excluded.first_seen
  where excluded.first_seen < actor_first.first_seen`;
}

const KEEP = firstsOf(
  "unnest($1::timestamptz[], $2::uuid[]) as added (occurred_at, id) join event using (occurred_at, id)",
);

/** Keeps when each actor was first seen with each value. Only minima: any order, and repetition, give the same. */
export async function keepActorFirsts(
  run: Run,
  events: readonly { occurredAt: Date; id: string }[],
): Promise<void> {
  if (events.length === 0) return;
  await run(KEEP, [events.map(({ occurredAt }) => occurredAt), events.map(({ id }) => id)]);
}
