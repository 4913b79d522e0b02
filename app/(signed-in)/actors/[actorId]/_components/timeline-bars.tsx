"use client";

import type { Route } from "next";
import type { Bar } from "#lib/actors/timeline/draw.ts";
import classes from "./timeline.module.css";
import { LANE_HEIGHT } from "./timeline-frame.ts";
import { TimelineShape } from "./timeline-shape.tsx";

/** Room above the bars for shapes. */
const BAR_ROOM = 18;

/** A bucket as it is drawn; `worst` where there is room for its shape. */
export type DrawnBar = Pick<Bar, "x" | "width" | "height" | "worst"> & {
  from: number;
  to: number;
  events: number;
  detections: number;
  words: string;
};

type TimelineBarsProps = {
  bars: DrawnBar[];
  /** The address without times. */
  href: Route;
};

/**
 * The buckets of a lane: how much was done, and the worst of it. Pressing one comes nearer. In the browser, because a page
 * may have a thousand of them: as numbers they are a third of what they are as elements.
 */
export function TimelineBars({ bars, href }: TimelineBarsProps) {
  const joint = href.includes("?") ? "&" : "?";
  return bars.map(({ from, to, x, width, height, words, events, detections, worst }) => {
    const tall = Math.max(1.5, rounded(height * (LANE_HEIGHT - BAR_ROOM)));
    const middle = rounded(x + width / 2);
    return (
      <a
        key={from}
        href={`${href}${joint}from=${iso(from)}&to=${iso(Math.max(to, from + 1))}`}
        className={classes.mark}
        data-mark="bar"
        data-x={x}
        aria-label={`${words}. Zoom in`}
        tabIndex={-1}
      >
        <rect x={`${x}%`} width={`${width}%`} height={LANE_HEIGHT} className={classes.target} />
        <rect
          x={`${x}%`}
          width={`${width}%`}
          y={rounded(LANE_HEIGHT - 1 - tall)}
          height={tall}
          className={classes.bar}
          data-events={events}
        />
        {worst ? (
          <>
            <TimelineShape x={middle} y={7} {...worst} />
            {detections > 1 && width > 3.4 ? (
              <text x={`${middle}%`} dx={8} y={11} className={classes.count}>
                {detections.toLocaleString("en-GB")}
              </text>
            ) : null}
          </>
        ) : null}
      </a>
    );
  });
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
