import { zonedFormat } from "#lib/zoned-format.ts";
import classes from "./time.module.css";

const SHORT = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;

const yearIn = zonedFormat({ year: "numeric" });
const shortIn = zonedFormat(SHORT);
const longIn = zonedFormat({ ...SHORT, year: "numeric" });

/** `24 Nov 14:03:07` in the reader's zone, with the year when it is not this year. */
export function formatTime(time: Date, zone: string, now: Date): string {
  const year = yearIn(zone);
  const format = year.format(time) === year.format(now) ? shortIn(zone) : longIn(zone);
  return format.format(time).replace(",", "");
}

export function formatUtc(time: Date): string {
  return `${time
    .toISOString()
    .replace("T", " ")
    .replace(/\.000Z$|Z$/, "")} UTC`;
}

/** A point in time: the reader's zone to read, UTC on hover. */
export function Time({ time, zone, now }: { time: Date; zone: string; now: Date }) {
  return (
    <time dateTime={time.toISOString()} title={formatUtc(time)} className={classes.time}>
      {formatTime(time, zone, now)}
    </time>
  );
}

/** The day alone, where the hour says little: the whole time on hover. */
export function Day({ time, zone, now }: { time: Date; zone: string; now: Date }) {
  const whole = formatTime(time, zone, now);
  return (
    <time dateTime={time.toISOString()} title={`${whole} · ${formatUtc(time)}`} className={classes.time}>
      {whole.replace(/ \S+$/, "")}
    </time>
  );
}

/** A time with UTC in plain sight, for a page about one thing. */
export function TimeWithUtc({ time, zone, now }: { time: Date; zone: string; now: Date }) {
  return (
    <span>
      <Time time={time} zone={zone} now={now} />
      {zone === "UTC" ? null : (
        <span className="secondary">
          {" "}
          · <span className={classes.utc}>{formatUtc(time)}</span>
        </span>
      )}
    </span>
  );
}

const STEPS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

const AGO = new Intl.RelativeTimeFormat("en-GB", { style: "narrow", numeric: "always" });

/** `3 h ago`. */
export function formatAgo(time: Date, now: Date): string {
  let amount = Math.max(0, (now.getTime() - time.getTime()) / 1000);
  for (const [unit, size] of STEPS) {
    if (amount < size) {
      return AGO.format(-Math.floor(amount), unit);
    }
    amount /= size;
  }
  return "";
}
