import type { ReactNode } from "react";
import type { Person } from "#lib/access/person.ts";
import { type AlertRow, alertName } from "#lib/triage/alert.ts";
import { canMove } from "#lib/triage/move.ts";
import type { ActivityRow } from "#lib/triage/queries/activities.ts";
import { formatAgo, Time } from "../../../../_ui/time.tsx";
import { MOVE_WORDS, REASON_WORDS, VERDICT_WORDS } from "../../_components/triage-words.ts";
import { STATUS_WORDS } from "../../_components/words.ts";
import { CommentBox } from "./comment-box.tsx";
import classes from "./history.module.css";
import layout from "./layout.module.css";

type HistoryProps = {
  person: Person;
  alert: AlertRow;
  activities: ActivityRow[];
  zone: string;
  now: Date;
};

/** Every step since the alert was made, as it was written; then room for a comment. */
export function History({ person, alert, activities, zone, now }: HistoryProps) {
  const { id, revision, detectionCount, status } = alert;
  return (
    <section className={layout.section} aria-label="History" id="history">
      <h2>
        History <span className="secondary">{activities.length > 0 ? activities.length : null}</span>
      </h2>
      {activities.length === 0 ? (
        <p className="secondary">Nobody has acted on this alert yet.</p>
      ) : (
        <ol className={classes.steps}>
          {activities.map((activity) => (
            <li key={activity.id} className={classes.step}>
              <p className={classes.line}>
                <strong>{activity.by ?? (activity.kind === "evidence" ? "Barnacle" : "Somebody")}</strong>{" "}
                {stepWords(activity)}
                <span className="secondary">
                  {" · "}
                  <Time time={activity.at} zone={zone} now={now} /> · {formatAgo(activity.at, now)}
                </span>
              </p>
              {activity.text ? <p className={classes.text}>{activity.text}</p> : null}
            </li>
          ))}
        </ol>
      )}
      {canMove("comment", status, person.role) ? (
        <CommentBox seen={{ id, revision, detectionCount }} />
      ) : null}
    </section>
  );
}

/** What was done, from where to where and why; the text follows by itself. */
function stepWords(activity: ActivityRow): ReactNode {
  const { kind, from, to, verdict, reasonClass, duplicateOf, assignee, caseLink, score } = activity;
  const parts: ReactNode[] = [kind === "evidence" ? "deleted evidence" : MOVE_WORDS[kind].did];
  if (kind === "assign") parts.push(` to ${assignee ?? "nobody"}`);
  if (verdict) parts.push(" as ", <strong key="verdict">{VERDICT_WORDS[verdict].words}</strong>);
  if (duplicateOf !== null) parts.push(` of ${alertName(duplicateOf)}`);
  if (reasonClass) parts.push(`, ${REASON_WORDS[reasonClass].words}`);
  if (caseLink) {
    parts.push(
      " with case ",
      <a key="case" href={caseLink} target="_blank" rel="noreferrer">
        {caseLink}
      </a>,
    );
  }
  const isMoved = from !== to;
  return (
    <>
      {parts}
      {isMoved ? (
        <span className="secondary">
          {" · "}
          {STATUS_WORDS[from]} → {STATUS_WORDS[to]}
        </span>
      ) : null}
      {score !== null && kind !== "comment" ? <span className="secondary"> · at {score}</span> : null}
    </>
  );
}
