import type { ReactNode } from "react";
import classes from "./timeline.module.css";

/** A place on the plot, `x` in percent of its width: what is within is drawn around it in pixels. */
export function TimelinePlace({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  return (
    <svg x={`${x}%`} y={y} className={classes.place} aria-hidden="true">
      {children}
    </svg>
  );
}
