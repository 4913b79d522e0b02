import type { Route } from "next";
import Link from "next/link";
import { entryName } from "#lib/allowlist/entry.ts";
import { findRule } from "#lib/detection/rules.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { type AlertRow, alertName, isSuppressed } from "#lib/triage/alert.ts";
import type { ActivityRow } from "#lib/triage/queries/activities.ts";
import type { AlertTriage } from "#lib/triage/queries/alert-triage.ts";
import { formatAgo, formatUtc } from "../../../../_ui/time.tsx";
import { REASON_WORDS, VERDICT_WORDS } from "../../_components/triage-words.ts";
import { alertHref } from "../../search-params.ts";
import classes from "./alert-standing.module.css";

type AlertStandingProps = { alert: AlertRow; triage: AlertTriage; activities: ActivityRow[]; now: Date };

/** How it stands with the alert: what was decided, what came since, and what the allowlist makes of it. */
export function AlertStanding({ alert, triage, activities, now }: AlertStandingProps) {
  const lines = [
    verdictLine(alert, triage, activities, now),
    sinceLine(alert, triage),
    allowlistLine(alert, triage),
    brokeThroughLine(alert),
    caseLine(triage),
    evidenceLine(activities, now),
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return <ul className={classes.lines}>{lines}</ul>;
}

function verdictLine(alert: AlertRow, triage: AlertTriage, activities: ActivityRow[], now: Date) {
  const closing = activities.findLast(({ kind }) => kind === "close");
  if (!alert.verdict || !triage.closedAt) return null;
  return (
    <li key="verdict">
      Closed{" "}
      <time dateTime={triage.closedAt.toISOString()} title={formatUtc(triage.closedAt)}>
        {formatAgo(triage.closedAt, now)}
      </time>{" "}
      {closing?.by ? `by ${closing.by} ` : ""}as <strong>{VERDICT_WORDS[alert.verdict].words}</strong>
      {triage.reasonClass ? `, ${REASON_WORDS[triage.reasonClass].words}` : ""}
      {triage.duplicateOf === null ? null : (
        <>
          {" "}
          of <Link href={alertHref(triage.duplicateOf)}>{alertName(triage.duplicateOf)}</Link>
        </>
      )}
      {closing?.text ? <q className={classes.text}>{closing.text}</q> : null}
    </li>
  );
}

/** Detections of it are gone; it stays because people worked on it. */
function evidenceLine(activities: ActivityRow[], now: Date) {
  const gone = activities.findLast(({ kind }) => kind === "evidence");
  if (!gone) return null;
  return (
    <li key="evidence">
      {gone.text}{" "}
      <time dateTime={gone.at.toISOString()} title={formatUtc(gone.at)} className="secondary">
        {formatAgo(gone.at, now)}
      </time>
    </li>
  );
}

/** What came after it was closed: worth another look, or counted only. */
function sinceLine(alert: AlertRow, { since }: AlertTriage) {
  if (!since || since.detectionCount === 0) return null;
  const count = `${since.detectionCount.toLocaleString("en-GB")} more since closed`;
  if (!alert.newActivity) return <li key="since">{count}</li>;
  const news = [
    ...since.actors.map(({ name }) => `new actor ${name}`),
    ...since.networks.map(({ id, name }) => `new network ${id === name ? id : `${name} (${id})`}`),
    ...since.rules.map((id) => `new rule ${findRule(id)?.title ?? id}`),
    ...(since.isMoreSevere ? ["higher severity"] : []),
  ];
  return (
    <li key="since">
      <strong>New activity</strong>
      {news.length > 0 ? `: ${news.join(", ")}` : ""} · {count}
    </li>
  );
}

function allowlistLine(alert: AlertRow, { entryNumbers }: AlertTriage) {
  if (alert.suppressedCount === 0) return null;
  const entries = entryNumbers.map((number, at) => (
    <span key={number}>
      {at > 0 ? ", " : ""}
      <EntryLink number={number} />
    </span>
  ));
  if (!isSuppressed(alert)) {
    return (
      <li key="allowlist">
        {alert.suppressedCount.toLocaleString("en-GB")} of {alert.detectionCount.toLocaleString("en-GB")}{" "}
        detections suppressed by {entries}
      </li>
    );
  }
  return (
    <li key="allowlist">
      {alert.status === "new" ? "Suppressed by" : "Now covered by"} {entries}
    </li>
  );
}

function brokeThroughLine({ brokeThrough }: AlertRow) {
  if (brokeThrough.length === 0) return null;
  return (
    <li key="broke-through">
      <strong>Broke through:</strong> {brokeThrough.map((signal) => SIGNAL_WORDS[signal]).join(", ")}
    </li>
  );
}

function caseLine({ caseLink }: AlertTriage) {
  if (caseLink === null) return null;
  return (
    <li key="case">
      Case{" "}
      <a href={caseLink} target="_blank" rel="noreferrer" className={classes.link}>
        {caseLink}
      </a>
    </li>
  );
}

/** `ALW-12`, with the way to it. */
export function EntryLink({ number }: { number: number }) {
  return (
    <Link href={`/allowlist/${number}` as Route} className={classes.entry} prefetch={false}>
      {entryName(number)}
    </Link>
  );
}
