"use client";

import type { Route } from "next";
import type { Bar } from "#lib/actors/timeline/draw.ts";
import classes from "./timeline.module.css";
import { type BarPlace, LANE_HEIGHT } from "./timeline-frame.ts";
import { TimelineShape } from "./timeline-shape.tsx";
import { deedWords } from "./timeline-words.ts";

/** Room above the bars for shapes. */
const BAR_ROOM = 18;

/** A bucket of a lane; `place` is its index in the places of all lanes. */
export type DrawnBar = {
  place: number;
  events: number;
  found?: Omit<Bar["counts"], "events"> & Pick<Bar, "worst" | "hasRoom">;
};

type TimelineBarsProps = {
  bars: DrawnBar[];
  /** The most events in a bar. */
  most: number;
  places: BarPlace[];
  /** The address without times. */
  href: Route;
};

/**
 * The buckets of a lane: how much was done, and the worst of it. Pressing one comes nearer. A page may have a thousand of
 * them: they are sent as numbers, a fraction of what they are as elements, and drawn as one path.
 */
export function TimelineBars({ bars, most, places, href }: TimelineBarsProps) {
  const joint = href.includes("?") ? "&" : "?";
  const placed = bars.flatMap((bar) => {
    const place = places[bar.place];
    return place ? [{ ...bar, ...place }] : [];
  });
  return (
    <>
      {placed.map(({ from, to, x, width, words, events, found }) => {
        const middle = rounded(x + width / 2);
        const deeds = deedWords({ events, ...(found ?? NOTHING) });
        return (
          <a
            key={from}
            href={`${href}${joint}from=${iso(from)}&to=${iso(Math.max(to, from + 1))}`}
            className={classes.mark}
            data-mark="bar"
            data-x={x}
            aria-label={`${words}: ${deeds}. Zoom in`}
            tabIndex={-1}
          >
            <rect
              x={`${x}%`}
              width={`${width}%`}
              height={LANE_HEIGHT}
              className={classes.target}
              data-events={events}
            />
            {found?.worst && found.hasRoom ? <TimelineShape x={middle} y={7} {...found.worst} /> : null}
            {found?.hasRoom && found.detections > 1 && width > 3.4 ? (
              <text x={`${middle}%`} dx={8} y={11} className={classes.count}>
                {found.detections.toLocaleString("en-GB")}
              </text>
            ) : null}
          </a>
        );
      })}
      <g className={classes.bars}>
        <svg
          width="100%"
          height="100%"
          viewBox={`0 0 100 ${LANE_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path
            d={placed.map(({ x, width, events }) => outline(x, width, events / most)).join("")}
            className={classes.bar}
          />
        </svg>
      </g>
    </>
  );
}

const NOTHING = { detections: 0, suppressed: 0, worst: null };

function outline(x: number, width: number, share: number): string {
  const tall = rounded(Math.max(1.5, share * (LANE_HEIGHT - BAR_ROOM)));
  return `M${x} ${LANE_HEIGHT - 1}v${-tall}h${width}v${tall}z`;
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
