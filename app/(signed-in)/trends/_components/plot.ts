import { scaleLinear } from "d3-scale";
import type { Span } from "#lib/trends/buckets.ts";

export type Frame = {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
};

export const WIDE: Frame = { width: 1200, height: 260, left: 56, right: 8, top: 10, bottom: 24 };
export const HALF: Frame = { width: 600, height: 200, left: 52, right: 8, top: 10, bottom: 24 };

export const SMALL: Frame = { width: 600, height: 96, left: 52, right: 8, top: 8, bottom: 22 };

/** Where in a frame a bucket begins and how wide it is: all the same, however long. */
export function columnsOf(
  frame: Frame,
  buckets: readonly Span[],
): { x: (at: number) => number; step: number } {
  const step = (frame.width - frame.left - frame.right) / Math.max(1, buckets.length);
  return { x: (at) => frame.left + at * step, step };
}

/** Heights of a frame, up to a round number at or above the highest. */
export function heightsOf(frame: Frame, highest: number) {
  return scaleLinear()
    .domain([0, Math.max(highest, 1)])
    .range([frame.height - frame.bottom, frame.top])
    .nice(4);
}

/** About so many buckets, evenly apart, that get a mark on the axis. */
export function marked(count: number, atMost: number): number[] {
  const every = Math.max(1, Math.ceil(count / atMost));
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}
