/** Upper bounds of the counts of late events, in seconds; what is later than the last is counted behind it. */
const LAG_SECONDS = [15, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400] as const;

/** The count that something belongs to that came so late. */
export function lagBucket(ms: number): number {
  const at = LAG_SECONDS.findIndex((bound) => ms <= bound * 1000);
  return at === -1 ? LAG_SECONDS.length : at;
}

export function noLags(): number[] {
  return new Array<number>(LAG_SECONDS.length + 1).fill(0);
}

export function addLags(one: readonly number[], other: readonly number[]): number[] {
  return noLags().map((_, at) => (one[at] ?? 0) + (other[at] ?? 0));
}

/**
 * Within how many seconds a share of what is counted came, as if each count were spread evenly between its bounds. Null:
 * nothing is counted. What is later than the last bound is told as that bound.
 */
export function lagQuantile(lags: readonly number[], share: number): number | null {
  const all = lags.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let left = share * all;
  for (const [at, bound] of LAG_SECONDS.entries()) {
    const count = lags[at] ?? 0;
    const from = LAG_SECONDS[at - 1] ?? 0;
    if (left <= count) return Math.round(from + (count === 0 ? 0 : left / count) * (bound - from));
    left -= count;
  }
  return LAG_SECONDS.at(-1) ?? 0;
}
