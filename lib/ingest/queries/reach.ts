import { z } from "zod";
import { pool, type Transaction } from "#lib/db/client.ts";
import { type Reach, reachChangeSchema, reachOf, reachRunSchema } from "../reach.ts";

/** Runs over everything with all rules, the latest first: what others do is no answer to a change of the settings. */
const RUNS = `select id, state, from_stage as "fromStage", organisation, done, total, created_at as "createdAt",
    finished_at as "finishedAt"
  from replay_run
  where not dry_run and rule_id is null and scope->>'kind' = 'everything' and from_stage in ('normalise', 'detect')
  order by created_at desc, id desc limit 100`;
const CHANGES = `select distinct on (stage) stage, revision, saved_at as "savedAt", saved_by as "savedBy"
  from organisation_change where stage is not null order by stage, revision desc`;

export async function getReach(client: Pick<Transaction, "query"> = pool()): Promise<Reach> {
  const changes = z.array(reachChangeSchema).parse((await client.query(CHANGES)).rows);
  const runs = z.array(reachRunSchema).parse((await client.query(RUNS)).rows);
  return reachOf(changes, runs);
}
