import { z } from "zod";
import { db } from "#lib/db/client.ts";
import type { ActorSummary } from "../actor.ts";
import { actorSummaryShape, summaryColumns, summaryOf } from "./actor-row.ts";

/** An actor with what it did in all, or null. */
export async function getActor(id: string): Promise<ActorSummary | null> {
  if (!z.guid().safeParse(id).success) return null;
  const rows = await db().$queryRaw<unknown[]>`
    select ${summaryColumns} from actor left join actor_tally tally on tally.actor_id = actor.id
    where actor.id = ${id}::uuid`;
  const [row] = z.array(z.object(actorSummaryShape)).parse(rows);
  return row ? summaryOf(row) : null;
}
