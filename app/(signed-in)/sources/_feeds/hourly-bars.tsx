import { DAY_MS, HOUR_MS } from "#lib/ingest/health/hour.ts";
import type { FeedStanding } from "#lib/ingest/health/queries.ts";
import classes from "./feeds.module.css";

const DAYS = 7;
const HOURS = DAYS * 24;
const HEIGHT = 22;

/** The events of the last seven days, a bar an hour; the numbers in words for whoever cannot see it. */
export function HourlyBars({ hours, now }: { hours: FeedStanding["hours"]; now: Date }) {
  const last = Math.floor(now.getTime() / HOUR_MS);
  const shown = hours.filter(({ index }) => index > last - HOURS && index <= last);
  const all = shown.reduce((sum, { events }) => sum + events, 0);
  if (all === 0) return <span className="secondary">none</span>;
  const highest = Math.max(...shown.map(({ events }) => events));
  const bars = shown
    .filter(({ events }) => events > 0)
    .map(({ index, events }) => {
      const height = Math.max(1, Math.round((events / highest) * HEIGHT));
      return `M${index - last + HOURS - 1} ${HEIGHT}v${-height}h1v${height}z`;
    });
  const days = Array.from({ length: DAYS }, (_, day) => HOURS - 1 - ((last - firstHour(now, day)) % HOURS));
  const quiet = HOURS - bars.length;
  const words = `${all.toLocaleString("en-GB")} events in 7 days, at most ${highest.toLocaleString("en-GB")} an hour, none in ${quiet} of ${HOURS} hours`;
  return (
    <svg
      viewBox={`0 0 ${HOURS} ${HEIGHT}`}
      width={HOURS}
      height={HEIGHT}
      preserveAspectRatio="none"
      className={classes.bars}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <path className={classes.days} d={days.map((x) => `M${x + 0.5} 0v${HEIGHT}`).join("")} />
      <path className={classes.hours} d={bars.join("")} />
    </svg>
  );
}

/** The hour with which a day (UTC) so many days ago began. */
function firstHour(now: Date, daysAgo: number): number {
  return (Math.floor(now.getTime() / DAY_MS) - daysAgo) * 24;
}
