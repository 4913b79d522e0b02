import { sumOf } from "#lib/detection/points.ts";
import type { DetectionRow } from "#lib/triage/detection.ts";
import layout from "./layout.module.css";
import classes from "./score-reasons.module.css";

/** What the score is made of: that of the worst detection, and what the story adds. */
export function ScoreReasons({ score, addends }: { score: number; addends: DetectionRow["addends"] }) {
  const sum = addends.reduce((total, { points }) => total + points, 0);
  return (
    <section className={layout.section} aria-label="Why this score">
      <h2>Why {score}</h2>
      <ul className={classes.addends}>
        {addends.map(({ points, why }) => (
          <li key={why} className={classes.addend}>
            <span className={classes.points}>{points < 0 ? `−${-points}` : `+${points}`}</span>{" "}
            <bdi>{why}</bdi>
          </li>
        ))}
        {sum === sumOf(addends) ? null : (
          <li className={classes.addend}>
            <span className={classes.points}>{sum}</span> <span>in all: scores end at {sumOf(addends)}</span>
          </li>
        )}
      </ul>
    </section>
  );
}
