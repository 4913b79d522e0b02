import Link from "next/link";
import type { Person } from "#lib/access/person.ts";
import { type AlertRow, alertName } from "#lib/triage/alert.ts";
import { canMove, MOVE_NAMES, type MoveName } from "#lib/triage/move.ts";
import type { ActivityRow } from "#lib/triage/queries/activities.ts";
import type { AlertTriage } from "#lib/triage/queries/alert-triage.ts";
import { listAssignees } from "#lib/triage/queries/assignees.ts";
import { type StoryFacts, storySentence } from "#lib/triage/sentence.ts";
import { SeverityMark } from "../../_components/severity-mark.tsx";
import { StatusMark } from "../../_components/status-mark.tsx";
import { VERDICT_WORDS } from "../../_components/triage-words.ts";
import { STATUS_WORDS } from "../../_components/words.ts";
import classes from "./alert-header.module.css";
import { AlertMoves } from "./alert-moves.tsx";
import { AlertStanding } from "./alert-standing.tsx";
import { AssigneeSelect } from "./assignee-select.tsx";
import { StoryText } from "./story-text.tsx";

type AlertHeaderProps = {
  person: Person;
  alert: AlertRow;
  /** What the sentence is made from. */
  facts: StoryFacts;
  triage: AlertTriage;
  activities: ActivityRow[];
  now: Date;
};

/** Which alert, how bad, how it stands, what can be done, and what happened in one sentence. */
export async function AlertHeader({ person, alert, facts, triage, activities, now }: AlertHeaderProps) {
  const { id, revision, detectionCount, status } = alert;
  const moves = MOVE_NAMES.filter((move) => canMove(move, status, person.role));
  const assignees = moves.length > 0 ? await listAssignees() : [];
  const seen = { id, revision, detectionCount };
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link href="/alerts">Alerts</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{alertName(alert.number)}</h1>
        <SeverityMark severity={alert.severity} score={alert.score} />
        <FrozenScore triage={triage} />
        <StatusMark alert={alert} />
        {moves.includes("assign") ? (
          <AssigneeSelect seen={seen} assignee={alert.assignee} assignees={assignees} />
        ) : (
          alert.assignee && <span className="secondary">{alert.assignee.name}</span>
        )}
        {alert.image ? (
          <a href="#uses" className={classes.jump}>
            Where it went
          </a>
        ) : null}
        <a href="#around" className={classes.jump}>
          Around it
        </a>
        <a href="#history" className={classes.jump}>
          {activities.length === 0 ? "History" : `History (${activities.length.toLocaleString("en-GB")})`}
        </a>
        {moves.length > 0 ? (
          <AlertMoves
            seen={seen}
            name={alertName(alert.number)}
            state={stateWords(alert)}
            moves={moves.filter((move) => !ELSEWHERE.includes(move))}
            assignees={assignees}
          />
        ) : null}
      </div>
      <p className={classes.sentence}>
        <StoryText segments={storySentence(facts)} />
      </p>
      <AlertStanding alert={alert} triage={triage} activities={activities} now={now} />
    </header>
  );
}

/** Moves that have a field of their own on the page. */
const ELSEWHERE: readonly MoveName[] = ["assign", "comment"];

/** The severity that stands for people since one of them acted, and what it would be without that. */
function FrozenScore({ triage: { frozenScore, currentScore } }: { triage: AlertTriage }) {
  if (frozenScore === null || frozenScore === currentScore) return null;
  return (
    <span className="secondary">
      frozen at {frozenScore}; would now be {currentScore}
    </span>
  );
}

/** "closed as undetermined, Dana’s". */
function stateWords({ status, verdict, assignee }: AlertRow): string {
  const standing = `${STATUS_WORDS[status]}${verdict ? ` as ${VERDICT_WORDS[verdict].words}` : ""}`;
  return assignee ? `${standing}, ${assignee.name}’s` : standing;
}
