"use client";

import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import type { AlertRow, NamedLink } from "#lib/triage/alert.ts";
import classes from "./alerts-table.module.css";
import { StatusMark } from "./status-mark.tsx";
import { VERDICT_WORDS } from "./triage-words.ts";
import { Value } from "./value.tsx";
import { STATUS_WORDS } from "./words.ts";

/** Where an alert stands, whose it is, and by what it broke through the allowlist. */
export function StatusCell({ alert }: { alert: AlertRow }) {
  const [signal, ...others] = alert.brokeThrough;
  const isMarked = signal !== undefined && !alert.newActivity && alert.status !== "closed";
  const mark = <StatusMark alert={alert} iconOnly={isMarked} />;
  return (
    <span className={classes.several} data-long={isMarked || alert.verdict !== null}>
      {alert.verdict && !alert.newActivity ? (
        <Value of="verdict" value={alert.verdict} words={VERDICT_WORDS[alert.verdict].words}>
          {mark}
        </Value>
      ) : (
        <Value of="status" value={alert.status} words={STATUS_WORDS[alert.status]}>
          {mark}
        </Value>
      )}
      {alert.assignee ? <Assignee person={alert.assignee} /> : null}
      {isMarked ? (
        <Value of="signal" value={signal} words={SIGNAL_WORDS[signal]}>
          <span className={classes.brokeThrough} title={alert.brokeThrough.map(brokeThroughWords).join("\n")}>
            {brokeThroughWords(signal)}
          </span>
        </Value>
      ) : null}
      {isMarked && others.length > 0 ? <span className={classes.more}>+{others.length}</span> : null}
    </span>
  );
}

function brokeThroughWords(signal: keyof typeof SIGNAL_WORDS): string {
  return `broke through: ${SIGNAL_WORDS[signal]}`;
}

function Assignee({ person }: { person: NamedLink }) {
  return (
    <Value of="assignee" value={person.id} words={person.name}>
      <span className={classes.assignee} title={person.name}>
        <span aria-hidden="true">{initials(person.name)}</span>
        <span className="visually-hidden">{person.name}</span>
      </span>
    </Value>
  );
}

/** `DK` of Dana Kim; `DA` of Dana. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = last ? `${[...(words[0] ?? "")][0]}${[...last][0]}` : [...name].slice(0, 2).join("");
  return letters.toUpperCase();
}
