import { lengthOf, type Span } from "./window.ts";

export const DAY_MS = 86_400_000;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** Buckets of several days begin on Mondays. */
export const BUCKET_ORIGIN_MS = 4 * DAY_MS;

const STEPS = [
  ...[1, 2, 5, 10, 25, 50, 100, 250, 500],
  ...[1, 5, 15, 30].map((count) => count * SECOND),
  ...[1, 5, 15, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY_MS),
];

/** What an actor did with a service in a bucket of time; `start` is where the bucket begins. */
export type Bucket = {
  start: number;
  /** Empty where the log names none. */
  service: string;
  events: number;
  detections: number;
  /** Of the detections. */
  suppressed: number;
};

/** The finest step that cuts a time into at most so many buckets, and is none finer than `least`. */
export function stepFor(timeMs: number, most: number, least = 1): number {
  const fits = STEPS.find((step) => step >= least && timeMs / step <= most);
  return fits ?? Math.ceil(timeMs / most / (364 * DAY_MS)) * 364 * DAY_MS;
}

export function bucketStart(time: number, step: number): number {
  return Math.floor((time - BUCKET_ORIGIN_MS) / step) * step + BUCKET_ORIGIN_MS;
}

/** Adds what falls into the same bucket of a wider step, in order of time. */
export function inBuckets(parts: readonly Bucket[], step: number): Bucket[] {
  const sums = new Map<string, Map<number, Bucket>>();
  for (const { start: at, service, events, detections, suppressed } of parts) {
    const start = bucketStart(at, step);
    const ofService = sums.get(service) ?? new Map<number, Bucket>();
    sums.set(service, ofService);
    const sum = ofService.get(start);
    if (!sum) ofService.set(start, { start, service, events, detections, suppressed });
    else {
      sum.events += events;
      sum.detections += detections;
      sum.suppressed += suppressed;
    }
  }
  const buckets = [...sums.values()].flatMap((ofService) => [...ofService.values()]);
  return buckets.sort((a, b) => a.start - b.start || (a.service < b.service ? -1 : 1));
}

/** The days of which a window holds only a part: their numbers have to be counted. In order, each cut to the window. */
export function brokenDays({ from, to }: Span): Span[] {
  const [first, last] = [dayOf(from), dayOf(to)];
  const isFirstBroken = from > first || (first === last && to < endOf(last));
  const isLastBroken = last > first && to < endOf(last);
  return [
    ...(isFirstBroken ? [{ from, to: Math.min(endOf(first), to) }] : []),
    ...(isLastBroken ? [{ from: last, to }] : []),
  ];
}

/** The days that a window holds whole; null where there is none. */
export function wholeDays({ from, to }: Span): Span | null {
  const first = from > dayOf(from) ? dayOf(from) + DAY_MS : dayOf(from);
  const last = to < endOf(dayOf(to)) ? dayOf(to) - 1 : to;
  return first < last ? { from: first, to: last } : null;
}

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

function endOf(day: number): number {
  return day + DAY_MS - 1;
}

/** The stretches of time that buckets cover in a window, those that touch made one. */
export function occupiedBy(buckets: readonly { start: number }[], step: number, window: Span): Span[] {
  const spans: Span[] = [];
  for (const { start } of buckets) {
    const span = { from: Math.max(start, window.from), to: Math.min(start + step, window.to) };
    const before = spans.at(-1);
    if (lengthOf(span) < 0) continue;
    if (before && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else spans.push(span);
  }
  return spans;
}
