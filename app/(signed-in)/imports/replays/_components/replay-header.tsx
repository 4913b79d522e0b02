import { Progress } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import { notCounted, replaySentence } from "#lib/ingest/replay-sentence.ts";
import { Fields } from "../../../../_ui/fields.tsx";
import { TimeWithUtc } from "../../../../_ui/time.tsx";
import { KeepFresh } from "../../../sources/_components/keep-fresh.tsx";
import classes from "../../[importId]/_components/import-view.module.css";
import moves from "./new-replay.module.css";
import { ReplayMoves } from "./replay-moves.tsx";
import { aboutWords, progressWords, REPLAY_STATE_WORDS, STAGE_WORDS } from "./words.ts";

type ReplayHeaderProps = { row: ReplayRow; mayRun: boolean; zone: string; now: Date };

const LOOK_MS = 2000;

/** What is read again, how far it is, what differs, and what can be done. */
export function ReplayHeader({ row, mayRun, zone, now }: ReplayHeaderProps) {
  const isOpen = row.state === "queued" || row.state === "running";
  const time = (value: Date | null) => (value ? <TimeWithUtc time={value} zone={zone} now={now} /> : null);
  return (
    <>
      {isOpen ? <KeepFresh everyMs={LOOK_MS} /> : null}
      <header className={classes.header}>
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <Link href="/imports">Imports</Link> / <Link href="/imports/replays">Replays</Link>
        </nav>
        <h1 className={classes.name}>
          {titleOf(row)}: <bdi>{aboutWords(row)}</bdi>
        </h1>
        <p className={classes.sentence} role="status">
          {sentenceOf(row)}
        </p>
        {row.dryRun ? <NotCounted row={row} /> : null}
        {row.failure ? <p className={classes.detail}>{row.failure}</p> : null}
        {row.state === "running" ? (
          <div className={moves.progress}>
            <Progress
              value={row.total ? (100 * row.done) / row.total : 0}
              size="sm"
              aria-label="Progress of the replay"
            />
            <p className="secondary">{progressWords(row, now)}</p>
          </div>
        ) : null}
        {mayRun ? (
          <ReplayMoves
            id={row.id}
            isOpen={isOpen}
            wanted={
              row.dryRun && row.state === "done" && row.ruleId === null
                ? { scope: row.scope, from: row.from }
                : null
            }
          />
        ) : null}
      </header>
      <div className={classes.fields}>
        <Fields
          fields={[
            ["State", REPLAY_STATE_WORDS[row.state]],
            ["Stages", STAGE_WORDS[row.from]],
            ["Rule", row.ruleId && <RuleLink key="rule" id={row.ruleId} />],
            ["Records looked at", row.done.toLocaleString("en-GB")],
            ["Events as they were", row.counts.unchanged.toLocaleString("en-GB")],
            ["Still rejected", row.counts.stillRejected.toLocaleString("en-GB")],
          ]}
        />
        <Fields
          fields={[
            ["Asked for by", row.askedBy],
            ["Asked for", time(row.createdAt)],
            ["Begun", time(row.startedAt)],
            ["Ended", time(row.finishedAt)],
          ]}
        />
      </div>
    </>
  );
}

function titleOf({ ruleId, dryRun }: ReplayRow): string {
  if (ruleId !== null) return dryRun ? "What would change" : "Applied to stored events";
  return dryRun ? "What reading again would change" : "Replay";
}

function NotCounted({ row }: { row: ReplayRow }) {
  const sentence = notCounted(row.counts, row.from);
  return sentence ? <p className="secondary">{sentence}</p> : null;
}

function RuleLink({ id }: { id: string }) {
  const rule = findRule(id);
  return rule ? <Link href={`/rules/${id}` as Route}>{rule.title}</Link> : id;
}

function sentenceOf({ state, counts, dryRun }: ReplayRow): string {
  if (state === "queued") return "Waiting for a worker.";
  const found = replaySentence(counts, dryRun);
  if (state === "failed") return `It could not be finished. Until then: ${found}`;
  if (state === "cancelled") return `Cancelled. Until then: ${found}`;
  return state === "running" ? `So far: ${found}` : found;
}
