import { z } from "zod";
import { db } from "#lib/db/client.ts";
import type { ActorSummary } from "../actor.ts";
import { actorSummaryShape, summaryColumns, summaryOf } from "./actor-row.ts";

/** An actor with what it did in all, and in how many accounts; or null. */
export async function getActor(id: string): Promise<(ActorSummary & { accountCount: number }) | null> {
  if (!z.guid().safeParse(id).success) return null;
  const rows = await db().$queryRaw<unknown[]>`
    select ${summaryColumns},
      (select count(*)::int from actor_first where actor_id = actor.id and field = 'account') as account_count
    from actor left join actor_tally tally on tally.actor_id = actor.id
    where actor.id = ${id}::uuid`;
  const [row] = z.array(z.object({ ...actorSummaryShape, account_count: z.int() })).parse(rows);
  return row ? { ...summaryOf(row), accountCount: row.account_count } : null;
}
