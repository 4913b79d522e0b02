import { getWorstDetection } from "#lib/triage/queries/alert-detections.ts";
import layout from "./layout.module.css";
import classes from "./score-reasons.module.css";

/** What the score is made of: that of the worst detection. */
export async function ScoreReasons({ alertId, score }: { alertId: string; score: number }) {
  const worst = await getWorstDetection(alertId);
  if (!worst) return null;
  return (
    <section className={layout.section} aria-label="Why this score">
      <h2>Why {score}</h2>
      <ul className={classes.addends}>
        {worst.addends.map(({ points, why }) => (
          <li key={why} className={classes.addend}>
            <span className={classes.points}>{points < 0 ? `−${-points}` : `+${points}`}</span> {why}
          </li>
        ))}
      </ul>
    </section>
  );
}
