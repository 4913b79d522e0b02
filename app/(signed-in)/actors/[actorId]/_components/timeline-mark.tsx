import type { Route } from "next";
import type { Dot } from "#lib/actors/timeline/draw.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { Verdict } from "#lib/triage/alert.ts";
import classes from "./timeline.module.css";
import { LANE_HEIGHT } from "./timeline-frame.ts";
import { TimelinePlace } from "./timeline-place.tsx";
import { TimelineShape } from "./timeline-shape.tsx";
import { pointWords, VERDICT_SIGNS, type When } from "./timeline-words.ts";

const SLOT_HEIGHT = 12;

type DotMarkProps = { dot: Dot; eventHref: (event: string) => Route; selected: string | null } & When;

/** One event: a tick, or the shape of its worst detection. Pressing it opens the event beside. */
export function DotMark({ dot: { point, x, slot }, eventHref, selected, ...when }: DotMarkProps) {
  const key = encodeEventKey({ occurredAt: new Date(point.at), id: point.id });
  const [worst] = point.detections;
  const y = LANE_HEIGHT - 9 - slot * SLOT_HEIGHT;
  const isSelected = key === selected;
  return (
    <a
      href={eventHref(key)}
      className={classes.mark}
      data-mark="event"
      data-x={x}
      data-event={key}
      aria-label={pointWords(point, when)}
      aria-current={isSelected ? "true" : undefined}
      tabIndex={-1}
    >
      <TimelinePlace x={x} y={y}>
        <rect x={-6} y={-6} width={12} height={12} className={classes.target} />
        {isSelected ? (
          <rect x={-8} y={-8} width={16} height={16} rx={3} className={classes.selected} />
        ) : null}
        {worst ? null : <rect x={-1} y={-4} width={2} height={8} className={classes.plain} />}
      </TimelinePlace>
      {worst ? (
        <TimelineShape x={x} y={y} severity={worst.severity} isSuppressed={worst.isSuppressed} />
      ) : null}
      {worst?.verdict ? (
        <text
          x={`${x}%`}
          y={y + 3}
          className={classes.verdict}
          {...(x > 97 ? { dx: -8, textAnchor: "end" } : { dx: 6 })}
        >
          {VERDICT_SIGNS[worst.verdict as Verdict] ?? ""}
        </text>
      ) : null}
    </a>
  );
}
