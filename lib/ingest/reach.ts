import { z } from "zod";
import { REPLAY_STATES, type Stage } from "./replay.ts";

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

export const reachRunSchema = z.object({
  id: z.guid(),
  state: z.enum(REPLAY_STATES),
  fromStage: z.enum(["normalise", "detect"]),
  organisation: z.int().nullable(),
  done: z.coerce.number(),
  total: z.coerce.number().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type ReachRun = z.infer<typeof reachRunSchema>;

export const reachChangeSchema = z.object({
  stage: z.enum(["normalise", "detect"]),
  revision: z.int(),
  savedAt: z.date(),
  savedBy: z.guid().nullable(),
});
export type ReachChange = z.infer<typeof reachChangeSchema>;

/** `changes`: the last of each stage. `runs`: the latest first. */
export function reachOf(changes: readonly ReachChange[], runs: readonly ReachRun[]): Reach {
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
  { fromStage, organisation, state, createdAt }: ReachRun,
  { stage, revision, savedAt }: ReachChange,
): boolean {
  if (stage === "normalise" && fromStage !== "normalise") return false;
  if (organisation !== null) return organisation >= revision;
  return state === "queued" || createdAt >= savedAt;
}
