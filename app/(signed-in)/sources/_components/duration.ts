const STEPS = [
  ["s", 60],
  ["min", 60],
  ["h", 48],
  ["days", Number.POSITIVE_INFINITY],
] as const;

/** `4 min`: how long, in the largest unit of which there is at least one. */
export function formatDuration(ms: number): string {
  let amount = Math.max(0, ms) / 1000;
  for (const [unit, size] of STEPS) {
    if (amount < size) return `${Math.floor(amount)} ${unit}`;
    amount /= unit === "h" ? 24 : size;
  }
  return "";
}

/** `in 4 min`, or `now`. */
export function formatIn(time: Date, now: Date): string {
  const ms = time.getTime() - now.getTime();
  return ms <= 0 ? "now" : `in ${formatDuration(ms)}`;
}
