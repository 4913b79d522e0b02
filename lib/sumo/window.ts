/** A stretch of time from `from`, up to but not including `to`; in milliseconds since the epoch. */
export type Span = { from: number; to: number };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** So much of what was pulled before is asked for again: what Sumo received then may have become searchable since. */
export const OVERLAP_MS = 5 * MINUTE_MS;

/** What Sumo received more recently is left for the next run. */
const SETTLE_MS = 2 * MINUTE_MS;

/** A new connection begins so far back. */
export const FIRST_REACH_MS = DAY_MS;

/** Not split any more: what Sumo holds back of it stays there. Its times are told in whole milliseconds, its limit by search. */
const SHORTEST_MS = 1000;

/** The longest range that one backfill may have, in days: as many windows. */
export const LONGEST_BACKFILL_DAYS = 1100;

/** A window is at most so long, but for its overlap: a search must come to an end. */
const LONGEST_MS = DAY_MS;

export type Planned = {
  /** Undefined: nothing new has settled yet. */
  span: Span | undefined;
  /** There is more: the next one is due at once. */
  isBehind: boolean;
};

/** What the schedule pulls next. */
export function nextWindow(watermark: Date, now: Date): Planned {
  const from = watermark.getTime();
  const settled = now.getTime() - SETTLE_MS;
  if (settled <= from) return { span: undefined, isBehind: false };
  const to = Math.min(settled, from + LONGEST_MS);
  return { span: { from: from - OVERLAP_MS, to }, isBehind: to < settled };
}

/** A range cut at midnights of UTC, the newest first: what is recent is wanted most. */
export function backfillWindows({ from, to }: Span): Span[] {
  const windows: Span[] = [];
  for (let end = to; end > from; ) {
    const midnight = Math.ceil(end / LONGEST_MS - 1) * LONGEST_MS;
    const start = Math.max(from, midnight);
    windows.push({ from: start, to: end });
    end = start;
  }
  return windows;
}

/** Both halves of a window, which together hold what it holds. Undefined: it is not to be split any more. */
export function halves({ from, to }: Span): [Span, Span] | undefined {
  if (to - from <= SHORTEST_MS) return undefined;
  const middle = Math.floor((from + to) / 2);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 30 * MINUTE_MS;

/** How long to wait after so many failures one after another: twice as long each time. */
export function retryDelayMs(failures: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, Math.min(failures - 1, 20)));
}

/** Tries of one window, each of which failed because of it alone or took the worker with it. */
export const MOST_ATTEMPTS = 8;
