import classes from "./hour-strip.module.css";
import { hoursWords } from "./hours-words.ts";

const STEP = 4;
const HEIGHT = 16;

/** At which hours of the day (UTC) an actor works, with the busiest in words. */
export function HourStrip({ hours }: { hours: readonly number[] }) {
  const highest = Math.max(...hours, 1);
  const words = hoursWords(hours);
  return (
    <svg
      viewBox={`0 0 ${24 * STEP} ${HEIGHT}`}
      width={24 * STEP}
      height={HEIGHT}
      className={classes.strip}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {hours.map((count, hour) => {
        const height = count === 0 ? 1 : Math.max(2, (count / highest) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the hours of the day
            key={hour}
            data-none={count === 0}
            x={hour * STEP}
            y={HEIGHT - height}
            width={STEP - 1}
            height={height}
          />
        );
      })}
    </svg>
  );
}
