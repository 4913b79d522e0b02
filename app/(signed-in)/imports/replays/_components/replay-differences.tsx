import type { Route } from "next";
import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import { type AlertExample, type EventExample, MOST_EXAMPLES } from "#lib/ingest/replay.ts";
import { alertName } from "#lib/triage/alert.ts";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import classes from "./replay-differences.module.css";

type ReplayDifferencesProps = { row: ReplayRow; zone: string; now: Date };

const EVENT_WORDS = { changed: "changed", read: "read now", lost: "rejected now" } as const;

/** What differs by rule and field in exact numbers, and some examples of it. */
export function ReplayDifferences({ row, zone, now }: ReplayDifferencesProps) {
  const { rules, fields, events, alerts } = row.counts;
  const rows = Object.entries(rules);
  return (
    <>
      {rows.length > 0 ? (
        <section className={classes.section} aria-label="Detections by rule">
          <h2>Detections by rule</h2>
          <table className={lines.table}>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col" className="number">
                  Made
                </th>
                <th scope="col" className="number">
                  Gone
                </th>
                <th scope="col" className="number">
                  Scored otherwise
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([id, { made, gone, rescored }]) => (
                <tr key={id}>
                  <td title={id}>{findRule(id)?.title ?? id}</td>
                  <td className="number">{made.toLocaleString("en-GB")}</td>
                  <td className="number">{gone.toLocaleString("en-GB")}</td>
                  <td className="number">{rescored.toLocaleString("en-GB")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {Object.keys(fields).length > 0 ? (
        <section className={classes.section} aria-label="Changed fields">
          <h2>Changed fields</h2>
          <p className={classes.note}>
            {Object.entries(fields)
              .map(([name, count]) => `${name.replaceAll("_", " ")} of ${count.toLocaleString("en-GB")}`)
              .join(", ")}
          </p>
        </section>
      ) : null}
      {alerts.length > 0 ? <Alerts examples={alerts} /> : null}
      {events.length > 0 ? <Events examples={events} zone={zone} now={now} /> : null}
    </>
  );
}

function Alerts({ examples }: { examples: AlertExample[] }) {
  return (
    <section className={classes.section} aria-label="Alerts">
      <h2>Alerts</h2>
      <p className={classes.note}>Of each kind at most {MOST_EXAMPLES} are listed.</p>
      <ul className={classes.list}>
        {examples.map(({ id, number, what, before, after }) => (
          <li key={id}>
            {number === null ? (
              "An alert that is not there yet"
            ) : (
              <Link href={`/alerts/${number}` as Route}>{alertName(number)}</Link>
            )}
            {what === "gone" ? " would have no detection left" : ""}
            {what === "made" && after !== null ? ` would be ${severityOf(after)}` : ""}
            {what === "severity" && before !== null && after !== null
              ? ` would be ${severityOf(after)} (${after}) and not ${severityOf(before)} (${before})`
              : ""}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Events({ examples, zone, now }: { examples: EventExample[]; zone: string; now: Date }) {
  return (
    <section className={classes.section} aria-label="Events">
      <h2>Events</h2>
      <p className={classes.note}>Of each kind at most {MOST_EXAMPLES} are listed.</p>
      <ul className={classes.list}>
        {examples.map(({ id, occurredAt, operation, what, fields }) => (
          <li key={`${id} ${what}`}>
            <Link href={`/events?event=${encodeEventKey({ occurredAt: new Date(occurredAt), id })}` as Route}>
              <bdi>{operation}</bdi>
            </Link>{" "}
            <Time time={new Date(occurredAt)} zone={zone} now={now} /> · {EVENT_WORDS[what]}
            {fields.map(({ name, before, after }) => (
              <div key={name} className={classes.field}>
                {name.replaceAll("_", " ")}: <bdi>{before ?? "nothing"}</bdi> →{" "}
                <bdi>{after ?? "nothing"}</bdi>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
