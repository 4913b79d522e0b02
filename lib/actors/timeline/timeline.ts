import type { Bucket } from "./bucket.ts";
import type { EventPoint, Newcomers, WorstDetection } from "./point.ts";
import type { Span } from "./window.ts";

/** More events than these are not drawn one by one. */
export const MOST_EVENT_POINTS = 1000;
/** More detections than these are gathered by bucket. */
export const MOST_DETECTION_POINTS = 300;
/** With more events than these in a window, what is kept by day is read instead of the events. */
export const MOST_COUNTED = 50_000;
/** How many buckets a lane has at most, and the overview. */
export const MOST_BUCKETS = 120;
export const MOST_BARS = 180;

/** Buckets of one width, in milliseconds. */
export type Histogram = { step: number; buckets: Bucket[] };

/** What an actor did in a window, as far as it can be told apart there. */
export type Timeline = {
  life: Span;
  window: Span;
  /** By service. Null: each event is a point. */
  histogram: Histogram | null;
  /** Every event of the window; beside a histogram, those with detections, unless they are too many. */
  points: EventPoint[];
  /** By service and bucket of the histogram, where detections are too many to be points. */
  worst: WorstDetection[];
  newcomers: Newcomers[];
  /** How far back the logs of the actor's accounts go. */
  historyFrom: number | null;
  overview: Histogram;
};

/** What was done in all in a window. */
export function totalsOf({ histogram, points }: Pick<Timeline, "histogram" | "points">): {
  events: number;
  detections: number;
  suppressed: number;
} {
  if (histogram) return sumOf(histogram.buckets);
  const detections = points.flatMap((point) => point.detections);
  return {
    events: points.length,
    detections: detections.length,
    suppressed: detections.filter(({ isSuppressed }) => isSuppressed).length,
  };
}

export function sumOf(buckets: readonly Omit<Bucket, "start" | "service">[]) {
  const sum = { events: 0, detections: 0, suppressed: 0 };
  for (const { events, detections, suppressed } of buckets) {
    sum.events += events;
    sum.detections += detections;
    sum.suppressed += suppressed;
  }
  return sum;
}
