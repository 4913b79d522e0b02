import { BROADNESS_SENTENCES, type Broadness } from "#lib/allowlist/breadth.ts";
import type { Confirmation } from "#lib/allowlist/entry-move.ts";
import { type EntryChange, listOwners } from "#lib/allowlist/queries/entry.ts";
import { Time } from "../../../../_ui/time.tsx";
import { CHANGE_WORDS } from "../../_components/words.ts";
import { type Difference, differencesOf } from "./difference.ts";
import classes from "./entry-history.module.css";

type EntryHistoryProps = { changes: EntryChange[]; zone: string; now: Date };

/** All that was ever changed, the latest first: who, when, why, from what to what. */
export async function EntryHistory({ changes, zone, now }: EntryHistoryProps) {
  const names = new Map((await listOwners()).map(({ id, name }) => [id, name]));
  return (
    <section className={classes.section} aria-label="History">
      <h2>History</h2>
      <ol className={classes.changes}>
        {changes.map((change) => (
          <li key={change.id} className={classes.change}>
            <p>
              <Time time={change.at} zone={zone} now={now} /> <b>{change.by ?? "Its time"}</b>{" "}
              {change.by === null && change.kind === "expired" ? "ended" : CHANGE_WORDS[change.kind]}
              <span className="secondary"> · version {change.version}</span>
            </p>
            {change.why ? <p className={classes.why}>{change.why}</p> : null}
            <Differences differences={differencesOf(change.diff, { names, zone, now })} />
            {change.confirmations.map((confirmation) => (
              <Confirmed key={confirmation.of} confirmation={confirmation} />
            ))}
          </li>
        ))}
      </ol>
      <p className={classes.zone}>Times in {zone}</p>
    </section>
  );
}

function Differences({ differences }: { differences: Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <dl className={classes.differences}>
      {differences.map(({ label, before, after }) => (
        <div key={label} className={classes.difference}>
          <dt>{label}</dt>
          <dd>
            {before.length > 0 ? <del>{before.join("\n")}</del> : null}
            {before.length > 0 && after.length > 0 ? <span aria-hidden="true"> → </span> : null}
            {after.length > 0 ? <ins>{after.join("\n")}</ins> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Confirmed({ confirmation: { of, findings, reason } }: { confirmation: Confirmation }) {
  const what =
    of === "broad"
      ? `it is broad. ${findings.map((one) => BROADNESS_SENTENCES[one as Broadness] ?? one).join(" ")}`
      : `${findings.join(", ")} ${findings.length === 1 ? "was" : "were"} judged true positive.`;
  return (
    <p className={classes.confirmed}>
      Confirmed although {what} <q>{reason}</q>
    </p>
  );
}
