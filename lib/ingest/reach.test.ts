import { expect, test } from "vitest";
import { type ReachChange, type ReachRun, reachOf } from "./reach.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute));
const change = (stage: ReachChange["stage"], revision: number): ReachChange => ({
  stage,
  revision,
  savedAt: at(revision),
  savedBy: null,
});
const run = (
  state: ReachRun["state"],
  fromStage: ReachRun["fromStage"],
  organisation: number | null,
  minute = organisation ?? 0,
): ReachRun => ({
  id: "00000000-0000-4000-8000-000000000000",
  state,
  fromStage,
  organisation,
  done: 0,
  total: null,
  createdAt: at(minute),
  finishedAt: null,
});

test.for<[name: string, changes: ReachChange[], runs: ReachRun[], state: string, from: string | null]>([
  ["nothing was ever said", [], [], "reached", null],
  ["a change alone", [change("detect", 3)], [], "waiting", "detect"],
  ["a run that read it", [change("detect", 3)], [run("done", "detect", 3)], "reached", null],
  ["a deeper run that read it", [change("detect", 3)], [run("done", "normalise", 4)], "reached", null],
  ["a run that read what was before", [change("detect", 3)], [run("done", "detect", 2)], "waiting", "detect"],
  [
    "a run that does not go deep enough",
    [change("normalise", 3)],
    [run("done", "detect", 3)],
    "waiting",
    "normalise",
  ],
  [
    "one of two stages reached",
    [change("normalise", 2), change("detect", 3)],
    [run("done", "normalise", 2)],
    "waiting",
    "detect",
  ],
  [
    "the deeper of two wanted",
    [change("normalise", 2), change("detect", 3)],
    [run("done", "detect", 3)],
    "waiting",
    "normalise",
  ],
  ["a run on its way", [change("detect", 3)], [run("running", "detect", 3)], "running", "detect"],
  [
    "one on its way that read what was before",
    [change("detect", 3)],
    [run("running", "detect", 2)],
    "waiting",
    "detect",
  ],
  ["one that has not begun", [change("detect", 3)], [run("queued", "detect", null, 1)], "running", "detect"],
  ["one that broke off", [change("detect", 3)], [run("failed", "detect", 3)], "behind", "detect"],
  [
    "one that was cancelled before it began",
    [change("detect", 3)],
    [run("cancelled", "detect", null, 4)],
    "behind",
    "detect",
  ],
  [
    "one that was cancelled before the change",
    [change("detect", 3)],
    [run("cancelled", "detect", null, 2)],
    "waiting",
    "detect",
  ],
  [
    "another try after one that broke off",
    [change("detect", 3)],
    [run("running", "detect", 3, 9), run("failed", "detect", 3)],
    "running",
    "detect",
  ],
])("%s", ([, changes, runs, state, from]) => {
  expect(reachOf(changes, runs)).toMatchObject({ state, from });
});
