import { z } from "zod";
import { pool, type Transaction } from "#lib/db/client.ts";
import { REPLAY_STATES, type Stage } from "../replay.ts";

/**
 * How far stored events follow what the organisation says of itself. `behind`: the run that was to bring it there failed or
 * was cancelled, and somebody has to start another. `waiting`: the worker is about to start one.
 */
export type Reach = {
  state: "reached" | "waiting" | "running" | "behind";
  /** From which stage on a run has to go; null where none is needed. */
  from: Extract<Stage, "normalise" | "detect"> | null;
  /** The run that is on its way, broke off, or was the last to get there. */
  run: { id: string; done: number; total: number | null; finishedAt: Date | null } | null;
  /** When what is not reached was last changed, and by whom. */
  changedAt: Date | null;
  changedBy: string | null;
};

const runSchema = z.object({
  id: z.guid(),
  state: z.enum(REPLAY_STATES),
  fromStage: z.enum(["normalise", "detect"]),
  organisation: z.int().nullable(),
  done: z.coerce.number(),
  total: z.coerce.number().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
type Run = z.infer<typeof runSchema>;

const changeSchema = z.object({
  stage: z.enum(["normalise", "detect"]),
  revision: z.int(),
  savedAt: z.date(),
  savedBy: z.guid().nullable(),
});
type Change = z.infer<typeof changeSchema>;

/** Runs over everything with all rules, the latest first: what others do is no answer to a change of the settings. */
const RUNS = `select id, state, from_stage as "fromStage", organisation, done, total, created_at as "createdAt",
    finished_at as "finishedAt"
  from replay_run
  where not dry_run and rule_id is null and scope->>'kind' = 'everything' and from_stage in ('normalise', 'detect')
  order by created_at desc, id desc limit 100`;
const CHANGES = `select distinct on (stage) stage, revision, saved_at as "savedAt", saved_by as "savedBy"
  from organisation_change where stage is not null order by stage, revision desc`;

export async function getReach(client: Pick<Transaction, "query"> = pool()): Promise<Reach> {
  const changes = z.array(changeSchema).parse((await client.query(CHANGES)).rows);
  const runs = z.array(runSchema).parse((await client.query(RUNS)).rows);
  return reachOf(changes, runs);
}

/** `changes`: the last of each stage. `runs`: the latest first. */
export function reachOf(changes: readonly Change[], runs: readonly Run[]): Reach {
  const open = changes.filter((change) => !runs.some((run) => run.state === "done" && answers(run, change)));
  const [last] = open.toSorted((one, other) => other.revision - one.revision);
  const from = open.some(({ stage }) => stage === "normalise") ? "normalise" : "detect";
  if (!last) {
    const run = runs.find(({ state, organisation }) => state === "done" && organisation !== null) ?? null;
    return { state: "reached", from: null, run, changedAt: null, changedBy: null };
  }
  const run = runs.find((one) => open.every((change) => answers(one, change))) ?? null;
  const isOnItsWay = run?.state === "queued" || run?.state === "running";
  const state = run === null ? "waiting" : isOnItsWay ? "running" : "behind";
  return { state, from, run, changedAt: last.savedAt, changedBy: last.savedBy };
}

/** Whether a run brings, brought or was to bring stored events to where a change wants them. One that has not begun reads all. */
function answers(
  { fromStage, organisation, state, createdAt }: Run,
  { stage, revision, savedAt }: Change,
): boolean {
  if (stage === "normalise" && fromStage !== "normalise") return false;
  if (organisation !== null) return organisation >= revision;
  return state === "queued" || createdAt >= savedAt;
}
