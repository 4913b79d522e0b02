import { type Bucket, occupiedBy } from "./bucket.ts";
import { type EventPoint, isWorse, type Newcomers, type WorstDetection } from "./point.ts";
import { type Piece, piecesOf, placeOf } from "./scale.ts";
import { type Histogram, sumOf, type Timeline } from "./timeline.ts";
import { type Span, wholeOf } from "./window.ts";

/** More services than these share the last lane. */
export const MOST_LANES = 12;
/** Points that would lie upon each other stand above each other, in so many rows. */
export const SLOTS = 4;
/** As wide as a point is, in percent of a usual screen. */
const POINT_WIDTH = 1.1;
const SHAPE_WIDTH = 1.3;
const LEAST_BAR_WIDTH = 0.2;

/** A bucket's bar. Places and widths are in percent of the plot's width, heights in shares of the lane's. */
export type Bar = {
  span: Span;
  x: number;
  width: number;
  height: number;
  counts: Omit<Bucket, "start" | "service">;
  worst: Omit<WorstDetection, "start" | "service"> | null;
  /** Whether there is room for the worst's shape: a worse one nearby may have taken it. */
  hasRoom: boolean;
};
export type Dot = { point: EventPoint; x: number; slot: number };
export type Lane = {
  /** Null: what has no lane of its own. Empty where the log names no service. */
  service: string | null;
  services: number;
  counts: Omit<Bucket, "start" | "service">;
  /** The most events in a bar. */
  most: number;
  bars: Bar[];
  dots: Dot[];
};
export type Drawing = {
  pieces: Piece[];
  lanes: Lane[];
  newcomers: { x: number; newcomers: Newcomers }[];
  overview: { pieces: Piece[]; bars: Bar[]; brush: { x: number; width: number } };
};

/** Where everything of a timeline stands. */
export function drawTimeline(timeline: Timeline): Drawing {
  const { window, histogram, points, newcomers } = timeline;
  const occupied = histogram
    ? occupiedBy(histogram.buckets, histogram.step, window)
    : points.map(({ at }) => ({ from: at, to: at }));
  const pieces = piecesOf(window, occupied);
  return {
    pieces,
    lanes: lanesOf(timeline, pieces),
    newcomers: apart(newcomers).map((one) => ({ x: placeOf(pieces, one.at), newcomers: one })),
    overview: overviewOf(timeline),
  };
  /** What would lie upon each other is gathered. */
  function apart(all: readonly Newcomers[]): Newcomers[] {
    const gathered: Newcomers[] = [];
    for (const one of all) {
      const before = gathered.at(-1);
      if (before && placeOf(pieces, one.at) - placeOf(pieces, before.at) < POINT_WIDTH) {
        before.to = one.to;
        before.count += one.count;
        before.samples = [...before.samples, ...one.samples].slice(0, 4);
      } else gathered.push({ ...one });
    }
    return gathered;
  }
}

function lanesOf({ histogram, points, worst, window, overview }: Timeline, pieces: readonly Piece[]): Lane[] {
  const active = new Set([
    ...(histogram?.buckets ?? []).map(({ service }) => service),
    ...points.map(({ service }) => service),
  ]);
  const services = byActivity(overview.buckets).filter((service) => active.has(service));
  for (const service of active) if (!services.includes(service)) services.push(service);
  const own = services.length > MOST_LANES ? services.slice(0, MOST_LANES - 1) : services;
  const others = services.slice(own.length);
  const sets = [...own.map((service) => [service]), ...(others.length > 0 ? [others] : [])];
  return sets.map((names) => {
    const isOf = ({ service }: { service: string }) => names.includes(service);
    const buckets = merged(histogram?.buckets.filter(isOf) ?? []);
    const dots = dotsOf(points.filter(isOf), pieces);
    const detections = dots.flatMap(({ point }) => point.detections);
    return {
      service: names.length === 1 ? (names[0] ?? null) : null,
      services: names.length,
      counts: histogram
        ? sumOf(buckets)
        : {
            events: dots.length,
            detections: detections.length,
            suppressed: detections.filter(({ isSuppressed }) => isSuppressed).length,
          },
      most: Math.max(0, ...buckets.map(({ events }) => events)),
      bars: histogram ? barsOf({ ...histogram, buckets }, window, pieces, worst.filter(isOf)) : [],
      dots,
    };
  });
}

/** Services by how much an actor did with them in its life, so that lanes keep their order at any zoom. */
function byActivity(buckets: readonly Bucket[]): string[] {
  const events = new Map<string, number>();
  for (const bucket of buckets) events.set(bucket.service, (events.get(bucket.service) ?? 0) + bucket.events);
  return [...events]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([service]) => service);
}

/** Of all services together. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const sums = new Map<number, Bucket>();
  for (const bucket of buckets) {
    const sum = sums.get(bucket.start);
    sums.set(bucket.start, sum ? { ...sum, ...sumOf([sum, bucket]) } : bucket);
  }
  return [...sums.values()].sort((a, b) => a.start - b.start);
}

function barsOf(
  { step, buckets }: Histogram,
  window: Span,
  pieces: readonly Piece[],
  worst: readonly WorstDetection[],
): Bar[] {
  const most = Math.max(1, ...buckets.map(({ events }) => events));
  const bars = buckets.map(({ start, events, detections, suppressed }) => {
    const span = { from: Math.max(start, window.from), to: Math.min(start + step - 1, window.to) };
    const x = rounded(placeOf(pieces, span.from));
    const end = placeOf(pieces, Math.min(start + step, window.to));
    return {
      span,
      x,
      width: rounded(Math.max(end - x, LEAST_BAR_WIDTH)),
      height: events / most,
      counts: { events, detections, suppressed },
      worst: worstAt(worst, start),
      hasRoom: false,
    };
  });
  giveRoom(bars);
  return bars;
}

/** A hundredth of a pixel. More digits would be a good part of the page. */
function rounded(percent: number): number {
  return Math.round(percent * 1000) / 1000;
}

/** The worst are given room first, then those of most detections. */
function giveRoom(bars: readonly Bar[]): void {
  const given: number[] = [];
  const told = bars.flatMap((bar) => (bar.worst ? [{ bar, worst: bar.worst }] : []));
  told.sort((a, b) => {
    if (isWorse(a.worst, b.worst)) return -1;
    return isWorse(b.worst, a.worst) ? 1 : b.bar.counts.detections - a.bar.counts.detections;
  });
  for (const { bar } of told) {
    const middle = bar.x + bar.width / 2;
    bar.hasRoom = given.every((other) => Math.abs(other - middle) >= SHAPE_WIDTH);
    if (bar.hasRoom) given.push(middle);
  }
}

function worstAt(worst: readonly WorstDetection[], start: number): Bar["worst"] {
  const here = worst.filter((one) => one.start === start);
  const [first, ...rest] = here;
  if (!first) return null;
  const { severity, isSuppressed } = rest.reduce((most, one) => (isWorse(one, most) ? one : most), first);
  return { severity, isSuppressed };
}

/** Points in order of time, those that would lie upon each other in rows above each other. */
function dotsOf(points: readonly EventPoint[], pieces: readonly Piece[]): Dot[] {
  const ends = Array.from({ length: SLOTS }, () => Number.NEGATIVE_INFINITY);
  return [...points]
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map((point, at) => {
      const x = placeOf(pieces, point.at);
      const free = ends.findIndex((end) => end + POINT_WIDTH <= x);
      const slot = free === -1 ? at % SLOTS : free;
      ends[slot] = x;
      return { point, x, slot };
    });
}

function overviewOf({ life, window, overview }: Timeline): Drawing["overview"] {
  const whole = wholeOf(life);
  const pieces = piecesOf(whole, occupiedBy(overview.buckets, overview.step, whole));
  const x = placeOf(pieces, window.from);
  return {
    pieces,
    bars: barsOf({ step: overview.step, buckets: merged(overview.buckets) }, whole, pieces, []),
    brush: { x, width: placeOf(pieces, window.to) - x },
  };
}
