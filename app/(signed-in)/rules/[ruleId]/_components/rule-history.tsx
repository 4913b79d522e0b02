import type { RuleChange } from "#lib/rules/queries/rule-settings.ts";
import { Time } from "../../../../_ui/time.tsx";
import { changeWords } from "../../_components/words.ts";
import classes from "./rule-history.module.css";

type RuleHistoryProps = { changes: readonly RuleChange[]; zone: string; now: Date };

/** Who set a rule otherwise, when, and why: all of it, the last first. */
export function RuleHistory({ changes, zone, now }: RuleHistoryProps) {
  return (
    <section className={classes.history} aria-labelledby="changes">
      <h2 id="changes">Changes</h2>
      {changes.length === 0 ? <p className="secondary">It has always been as it ships.</p> : null}
      <ol>
        {changes.map((change) => (
          <li key={change.revision}>
            <strong>{change.by ?? "Somebody"}</strong> {changeWords(change.before, change.setting)},{" "}
            <Time time={change.at} zone={zone} now={now} />
            <bdi className={classes.reason}>{change.reason}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
