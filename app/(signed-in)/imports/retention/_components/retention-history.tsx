import type { RetentionChange, RetentionRunRow } from "#lib/ingest/queries/retention.ts";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import classes from "./retention-history.module.css";
import { retentionSentence } from "./words.ts";

type RetentionHistoryProps = {
  changes: RetentionChange[];
  runs: RetentionRunRow[];
  zone: string;
  now: Date;
};

/** Who set what, and what was deleted by it. */
export function RetentionHistory({ changes, runs, zone, now }: RetentionHistoryProps) {
  return (
    <>
      {runs.length > 0 ? (
        <section className={classes.section} aria-label="What was deleted">
          <h2>What was deleted</h2>
          <table className={lines.table}>
            <thead>
              <tr>
                <th scope="col">Begun · {zone}</th>
                <th scope="col">State</th>
                <th scope="col" className="number">
                  Alerts
                </th>
                <th scope="col" className="number">
                  Events
                </th>
                <th scope="col" className="number">
                  Original records
                </th>
                <th scope="col" className="number">
                  Rejected records
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Time time={run.startedAt} zone={zone} now={now} />
                  </td>
                  <td title={run.failure ?? undefined}>
                    {run.failure ? `${run.state}: ${run.failure}` : run.state}
                  </td>
                  {[run.alerts, run.events, run.records, run.rejected].map((count, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay as they are
                    <td key={at} className="number">
                      {count.toLocaleString("en-GB")}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {changes.length > 0 ? (
        <section className={classes.section} aria-label="Who set it">
          <h2>Who set it</h2>
          <ol className={classes.list}>
            {changes.map((change) => (
              <li key={change.revision}>
                <strong>{change.by ?? "Somebody"}</strong>, <Time time={change.at} zone={zone} now={now} />:{" "}
                {retentionSentence(change)}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </>
  );
}
