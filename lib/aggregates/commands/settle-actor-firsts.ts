import { FIRST_VALUES, firstsOf } from "./keep-actor-firsts.ts";
import type { Run } from "./run.ts";

/** Before this retention has taken events away, while what was known of them holds on. */
const HORIZON = "coalesce((select max(events_before) from retention_run), '-infinity')";

const STALE = `
  kept.first_seen >= ${HORIZON} and case when kept.field = 'image' then not exists (
    select from event_image join event on event.occurred_at = event_image.occurred_at and event.id = event_image.event_id
    where event_image.image_id = kept.value_id and event_image.occurred_at = kept.first_seen and event.actor_id = kept.actor_id
  ) else not exists (
    select from event cross join lateral (values ${FIRST_VALUES}) as one (field, value)
    where event.actor_id = kept.actor_id and event.occurred_at = kept.first_seen and one.field = kept.field
      and one.value = kept.value
  ) end`;

/** The actors of whom a value's first time is one at which no stored event bears it out. */
export async function listActorsWithStaleFirsts(run: Run): Promise<string[]> {
  const rows = await run(`select distinct actor_id from actor_first kept where ${STALE}`, []);
  return (rows as { actor_id: string }[]).map(({ actor_id }) => actor_id);
}

/** Puts such first times right. Nobody may add events meanwhile. */
export async function settleActorFirsts(run: Run, actorIds: readonly string[]): Promise<void> {
  await run(`delete from actor_first kept where kept.actor_id = any($1::uuid[]) and ${STALE}`, [actorIds]);
  await run(firstsOf("(select * from event where actor_id = any($1::uuid[])) as event"), [actorIds]);
}
