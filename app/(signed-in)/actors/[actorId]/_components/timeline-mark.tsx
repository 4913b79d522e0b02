import type { Route } from "next";
import type { Bar, Dot } from "#lib/actors/timeline/draw.ts";
import type { Severity } from "#lib/detection/severity.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { Verdict } from "#lib/triage/alert.ts";
import { SeverityShape } from "../../../alerts/_components/severity-mark.tsx";
import classes from "./timeline.module.css";
import { LANE_HEIGHT } from "./timeline-frame.ts";
import { TimelinePlace } from "./timeline-place.tsx";
import { barWords, pointWords, VERDICT_SIGNS, type When } from "./timeline-words.ts";

/** Room above the bars for shapes. */
const BAR_ROOM = 18;
const SLOT_HEIGHT = 12;

/** A bucket: how much was done, and the worst of it. Pressing it comes nearer. */
export function BarMark({ bar, href, isByDay, ...when }: { bar: Bar; href: Route; isByDay: boolean } & When) {
  const height = Math.max(1.5, bar.height * (LANE_HEIGHT - BAR_ROOM));
  const words = barWords(bar, isByDay, when);
  return (
    <a
      href={href}
      className={classes.mark}
      data-mark="bar"
      data-x={bar.x}
      aria-label={`${words}. Zoom in`}
      tabIndex={-1}
    >
      <rect x={`${bar.x}%`} width={`${bar.width}%`} y={0} height={LANE_HEIGHT} className={classes.target} />
      <rect
        x={`${bar.x}%`}
        width={`${bar.width}%`}
        y={LANE_HEIGHT - 1 - height}
        height={height}
        className={classes.bar}
        data-events={bar.counts.events}
      />
      {bar.worst && bar.hasRoom ? (
        <>
          <Shape x={bar.x + bar.width / 2} y={7} {...bar.worst} />
          {bar.counts.detections > 1 && bar.width > 3.4 ? (
            <text x={`${bar.x + bar.width / 2}%`} dx={8} y={11} className={classes.count}>
              {bar.counts.detections.toLocaleString("en-GB")}
            </text>
          ) : null}
        </>
      ) : null}
    </a>
  );
}

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
      {worst ? <Shape x={x} y={y} severity={worst.severity} isSuppressed={worst.isSuppressed} /> : null}
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

function Shape({
  x,
  y,
  severity,
  isSuppressed,
}: {
  x: number;
  y: number;
  severity: Severity;
  isSuppressed: boolean;
}) {
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
