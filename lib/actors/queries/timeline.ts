import { inSnapshot, type Transaction } from "#lib/db/client.ts";
import {
  type Bucket,
  brokenDays,
  DAY_MS,
  dayOf,
  inBuckets,
  occupiedBy,
  stepFor,
  wholeDays,
} from "../timeline/bucket.ts";
import type { EventPoint } from "../timeline/point.ts";
import { piecesOf, runningTime } from "../timeline/scale.ts";
import {
  type Histogram,
  MOST_BARS,
  MOST_BUCKETS,
  MOST_COUNTED,
  MOST_DETECTION_POINTS,
  MOST_EVENT_POINTS,
  sumOf,
  type Timeline,
} from "../timeline/timeline.ts";
import { type Span, wholeOf } from "../timeline/window.ts";
import { readHistoryFrom, readNewcomers } from "./timeline-newcomers.ts";
import { countBuckets, readActorDays, readDetectedPoints, readPoints } from "./timeline-rows.ts";
import { readWorst } from "./timeline-worst.ts";

type Asked = { id: string; life: Span; window: Span };

/**
 * What an actor did in a window of its life, told apart as finely as the window allows. However much there is, no more is
 * read than is kept by day, or than `MOST_COUNTED` events.
 */
export async function getTimeline({ id, life, window }: Asked): Promise<Timeline> {
  return await inSnapshot(async (client) => {
    const kept = await readActorDays(client, id);
    const days = inBuckets(kept, DAY_MS);
    const reader = { client, id, days, cutDays: new Map() };
    const points = await readAllPoints(reader, window);
    const histogram = points ? null : await readHistogram(reader, window, MOST_BUCKETS);
    const detected = points ?? (await readDetected(reader, window, histogram));
    const step = histogram?.step ?? stepFor(runningIn(days, window), MOST_BUCKETS);
    return {
      life,
      window,
      histogram,
      points: detected ?? [],
      worst:
        histogram && !detected ? await readWorst(client, { actorId: id, days: kept, window, histogram }) : [],
      newcomers: await readNewcomers(client, id, window, step),
      historyFrom: await readHistoryFrom(client, id),
      overview: await readHistogram(reader, wholeOf(life), MOST_BARS),
    };
  });
}

type Reader = {
  client: Transaction;
  id: string;
  days: readonly Bucket[];
  /** What was counted of days of which a window holds a part: of a whole life the bars and the overview ask for the same. */
  cutDays: Map<string, Bucket[]>;
};

/** Every event with its detections; null where they are too many to be drawn one by one. */
async function readAllPoints({ client, id, days }: Reader, window: Span): Promise<EventPoint[] | null> {
  const certain = sumOf(inside(days, wholeDays(window))).events;
  if (certain > MOST_EVENT_POINTS) return null;
  const points = await readPoints(client, id, window, MOST_EVENT_POINTS + 1);
  if (points.length > MOST_EVENT_POINTS) return null;
  const detected = new Map(
    (await readDetectedPoints(client, id, window)).map((point) => [`${point.at} ${point.id}`, point]),
  );
  return points.map((point) => detected.get(`${point.at} ${point.id}`) ?? point);
}

async function readDetected(
  { client, id }: Reader,
  window: Span,
  histogram: Histogram | null,
): Promise<EventPoint[] | null> {
  const few = histogram !== null && sumOf(histogram.buckets).detections <= MOST_DETECTION_POINTS;
  return few ? await readDetectedPoints(client, id, window) : null;
}

/** Counts by bucket of what the window holds, from the days that are kept where it would take too many events. */
async function readHistogram(reader: Reader, window: Span, most: number): Promise<Histogram> {
  const { client, id, days, cutDays } = reader;
  const touched = days.filter(({ start }) => start >= dayOf(window.from) && start <= window.to);
  const least = sumOf(touched).events > MOST_COUNTED ? DAY_MS : 1;
  const step = stepFor(runningIn(days, window), most, least);
  if (step < DAY_MS) return { step, buckets: await countBuckets(client, id, window, step) };
  const parts = [...inside(days, wholeDays(window))];
  for (const broken of brokenDays(window)) {
    if (!touched.some(({ start }) => start === dayOf(broken.from))) continue;
    const key = `${broken.from} ${broken.to}`;
    const counted = cutDays.get(key) ?? (await countBuckets(client, id, broken, DAY_MS));
    cutDays.set(key, counted);
    parts.push(...counted);
  }
  return { step, buckets: inBuckets(parts, step) };
}

/** How much of a window is not folded, as far as days tell. */
function runningIn(days: readonly Bucket[], window: Span): number {
  return runningTime(piecesOf(window, occupiedBy(inside(days, window, DAY_MS), DAY_MS, window)));
}

function inside(days: readonly Bucket[], span: Span | null, reach = 0): Bucket[] {
  if (!span) return [];
  return days.filter(({ start }) => start > span.from - Math.max(reach, 1) && start <= span.to);
}
