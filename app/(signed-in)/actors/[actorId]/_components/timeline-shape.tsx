import type { Severity } from "#lib/detection/severity.ts";
import { SeverityShape } from "../../../alerts/_components/severity-mark.tsx";
import classes from "./timeline.module.css";
import { TimelinePlace } from "./timeline-place.tsx";

type TimelineShapeProps = { x: number; y: number; severity: Severity; isSuppressed: boolean };

/** A severity's shape on the plot; grey where it is suppressed. */
export function TimelineShape({ x, y, severity, isSuppressed }: TimelineShapeProps) {
  return (
    <TimelinePlace x={x} y={y}>
      <g
        transform="translate(-6 -6)"
        className={classes.shape}
        data-severity={isSuppressed ? "suppressed" : severity}
      >
        <SeverityShape severity={severity} />
      </g>
    </TimelinePlace>
  );
}
