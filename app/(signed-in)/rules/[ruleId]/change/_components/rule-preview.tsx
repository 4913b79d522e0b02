import { Progress } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import { AS_SHIPPED, isSameSetting, type RuleSetting } from "#lib/rules/setting.ts";
import { formatAgo } from "../../../../../_ui/time.tsx";
import { ReplayDifferences } from "../../../../imports/replays/_components/replay-differences.tsx";
import { KeepFresh } from "../../../../sources/_components/keep-fresh.tsx";
import { ruleRunSentence, tryingWords } from "../../../_components/words.ts";
import classes from "./change.module.css";
import { ConfirmChange } from "./confirm-change.tsx";

type RulePreviewProps = {
  run: ReplayRow;
  current: { setting: RuleSetting; revision: number };
  zone: string;
  now: Date;
};

const LOOK_MS = 1000;

/** What a setting that is tried would change of what is stored; then it can be made so. */
export function RulePreview({ run, current, zone, now }: RulePreviewProps) {
  const setting = run.ruleSetting ?? AS_SHIPPED;
  const isOpen = run.state === "queued" || run.state === "running";
  return (
    <>
      {isOpen ? <KeepFresh everyMs={LOOK_MS} /> : null}
      <section className={classes.preview} aria-labelledby="would">
        <h2 id="would">{tryingWords(setting, current.setting)}</h2>
        <p className={classes.sentence} role="status">
          {sentenceOf(run)}
        </p>
        {isOpen ? <Looking run={run} /> : null}
        {run.state === "done" && run.finishedAt ? (
          <p className="secondary">
            Of {run.done.toLocaleString("en-GB")} stored events that it may concern, looked at{" "}
            {formatAgo(run.finishedAt, now)}. What arrives from now on is by the new setting at once; events
            whose original records or alerts retention has deleted stay as they are.
          </p>
        ) : null}
        {run.state === "done" && run.ruleId && !isSameSetting(setting, current.setting) ? (
          <ConfirmChange
            ruleId={run.ruleId}
            previewId={run.id}
            revision={current.revision}
            label={tryingWords(setting, current.setting)}
          />
        ) : null}
      </section>
      <ReplayDifferences row={run} zone={zone} now={now} />
    </>
  );
}

function Looking({ run }: { run: ReplayRow }) {
  return (
    <>
      <Progress
        value={run.total ? (100 * run.done) / run.total : 0}
        size="sm"
        aria-label="Progress of looking"
      />
      <p className="secondary">
        {run.total === null
          ? "Finding the events that it may concern."
          : `${run.done.toLocaleString("en-GB")} of ${run.total.toLocaleString("en-GB")} events.`}{" "}
        <Link href={`/imports/replays/${run.id}` as Route}>To stop it</Link>
      </p>
    </>
  );
}

function sentenceOf({ state, counts, failure }: ReplayRow): string {
  if (state === "queued") return "Waiting for a worker.";
  if (state === "failed") return `It could not be looked at: ${failure ?? "nobody knows why"}`;
  if (state === "cancelled") return "Looking at it was cancelled.";
  const found = ruleRunSentence(counts, true);
  return state === "running" ? `So far: ${found}` : found;
}
