import classes from "./daily-hits.module.css";

const STEP = 3;
const HEIGHT = 18;

/** Hits of the last 30 days, a bar a day; the numbers in words for whoever cannot see it. */
export function DailyHits({ daily }: { daily: readonly number[] }) {
  const all = daily.reduce((sum, hits) => sum + hits, 0);
  if (all === 0) return <span className="secondary">none</span>;
  const highest = Math.max(...daily);
  const words = `${all.toLocaleString("en-GB")} hits in ${daily.length} days, at most ${highest.toLocaleString("en-GB")} a day, ${(daily.at(-1) ?? 0).toLocaleString("en-GB")} today`;
  return (
    <svg
      viewBox={`0 0 ${daily.length * STEP} ${HEIGHT}`}
      width={daily.length * STEP}
      height={HEIGHT}
      className={classes.bars}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {daily.map((hits, day) => {
        const height = hits === 0 ? 0 : Math.max(1, (hits / highest) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the days of one series
            key={day}
            x={day * STEP}
            y={HEIGHT - height}
            width={STEP - 1}
            height={height}
          />
        );
      })}
    </svg>
  );
}
