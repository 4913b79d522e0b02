import type { DetectionRow } from "#lib/triage/detection.ts";
import layout from "./layout.module.css";
import classes from "./score-reasons.module.css";

/** What the score is made of: that of the worst detection. */
export function ScoreReasons({ score, addends }: { score: number; addends: DetectionRow["addends"] }) {
  return (
    <section className={layout.section} aria-label="Why this score">
      <h2>Why {score}</h2>
      <ul className={classes.addends}>
        {addends.map(({ points, why }) => (
          <li key={why} className={classes.addend}>
            <span className={classes.points}>{points < 0 ? `−${-points}` : `+${points}`}</span> {why}
          </li>
        ))}
      </ul>
    </section>
  );
}
