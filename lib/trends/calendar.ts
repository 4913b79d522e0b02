import { zonedFormat } from "#lib/zoned-format.ts";

/**
 * Days of a zone's calendar, counted from 1 January 1970, and the instants at which they begin. All by `Intl`, which knows
 * every zone and every change of its clocks; times are in milliseconds.
 */
export const DAY_MS = 86_400_000;

/** The day that it is somewhere. */
export function dayAt(time: number, zone: string): number {
  return Math.floor((time + offsetAt(time, zone)) / DAY_MS);
}

/** When a day begins: at its first instant, which is not midnight where daylight saving skips it. */
export function startOfDay(day: number, zone: string): number {
  const asUtc = day * DAY_MS;
  const before = asUtc - offsetAt(asUtc - DAY_MS, zone);
  const after = asUtc - offsetAt(asUtc + DAY_MS, zone);
  const beginnings = [before, after].filter((time) => time + offsetAt(time, zone) === asUtc);
  return beginnings.length > 0 ? Math.min(...beginnings) : Math.max(before, after);
}

/** `2026-03-29` of a day, and back. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function dayOf(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
}

/** How far a zone's clocks are ahead of UTC. */
function offsetAt(time: number, zone: string): number {
  if (zone === "UTC") return 0;
  const fields: Record<string, number> = {};
  for (const { type, value } of fieldsIn(zone).formatToParts(time)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(time / 1000) * 1000;
}

const fieldsIn = zonedFormat(
  {
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  },
  "en-US",
);
