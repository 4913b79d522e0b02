import { SCORED_FIRSTS } from "../first.ts";
import { FIRST_VALUES, type FirstShift, firstsOf } from "./keep-actor-firsts.ts";
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

/** Puts such first times right. Nobody may add events meanwhile. Returns which of those that scores ask for moved. */
export async function settleActorFirsts(run: Run, actorIds: readonly string[]): Promise<FirstShift[]> {
  const gone = await run(
    `delete from actor_first kept where kept.actor_id = any($1::uuid[]) and ${STALE} returning *`,
    [actorIds],
  );
  const found = await run(
    `${firstsOf("(select * from event where actor_id = any($1::uuid[])) as event")} returning *`,
    [actorIds],
  );
  const now = new Map((found as FirstRow[]).map((row) => [nameOf(row), row.first_seen]));
  return (gone as FirstRow[])
    .filter(({ field }) => (SCORED_FIRSTS as readonly string[]).includes(field))
    .map((row) => ({
      actorId: row.actor_id,
      from: row.first_seen,
      to: now.get(nameOf(row)) ?? row.first_seen,
    }));
}

type FirstRow = { actor_id: string; field: string; value_id: string; first_seen: Date };

function nameOf({ actor_id, field, value_id }: FirstRow): string {
  return `${actor_id} ${field} ${value_id}`;
}
