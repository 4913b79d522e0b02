import type { Severity } from "#lib/detection/severity.ts";
import classes from "./severity-mark.module.css";

/** Shape by level, so that colour is never alone. */
const SHAPES = {
  critical: <rect x="1" y="1" width="10" height="10" />,
  high: <path d="M6 1 L11.5 11 L0.5 11 Z" />,
  medium: <circle cx="6" cy="6" r="5" />,
  low: <circle cx="6" cy="6" r="4" fill="none" strokeWidth="2" />,
  info: <circle cx="6" cy="6" r="2" />,
} as const satisfies Record<Severity, React.ReactNode>;

export function SeverityMark({ severity, score }: { severity: Severity; score?: number }) {
  return (
    <span className={classes.severity}>
      <svg viewBox="0 0 12 12" className={classes.mark} data-severity={severity} aria-hidden="true">
        {SHAPES[severity]}
      </svg>
      {severity}
      {score === undefined ? null : <span className={classes.score}>{score}</span>}
    </span>
  );
}

/** The shape alone, within an SVG of somebody else's, 12 by 12. */
export function SeverityShape({ severity }: { severity: Severity }) {
  return SHAPES[severity];
}
