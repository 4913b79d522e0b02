import { DAY_MS, startOfDay } from "./calendar.ts";

export const STEPS = ["hour", "day", "week", "month", "year"] as const;
/** What one bar stands for. */
export type Step = (typeof STEPS)[number];

/** From a time, before a time; in milliseconds. */
export type Span = { from: number; to: number };

/** More bars than this nobody tells apart. */
export const MOST_BUCKETS = 800;
/** For how many days hours are offered. */
export const MOST_DAYS_BY_HOUR = 14;

const HOUR_MS = 3_600_000;
/** How many days a step has at least. */
const FEWEST_DAYS = { hour: 1 / 24, day: 1, week: 7, month: 28, year: 365 } as const satisfies Record<
  Step,
  number
>;

/** How a range of so many days is divided when nobody says. */
export function usualStep(days: number): Step {
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return coarsen("week", days);
}

/** The step that was asked for, or the next that gives no more bars than can be drawn. */
export function coarsen(step: Step, days: number): Step {
  const fitting = STEPS.slice(STEPS.indexOf(step)).find((candidate) =>
    candidate === "hour" ? days <= MOST_DAYS_BY_HOUR : days / FEWEST_DAYS[candidate] <= MOST_BUCKETS - 2,
  );
  return fitting ?? "year";
}

/**
 * A stretch of days, both included, cut at the steps of the zone's calendar: hours begin with their day, weeks on Monday. The
 * first and the last may be shorter than the others, as are days on which clocks go forward.
 */
export function bucketsOf(firstDay: number, lastDay: number, step: Step, zone: string): Span[] {
  const end = startOfDay(lastDay + 1, zone);
  const beginnings =
    step === "hour"
      ? hoursOf(firstDay, lastDay, zone)
      : daysOf(firstDay, lastDay, step).map((day) => startOfDay(day, zone));
  // A day that a zone never had, as when it moved over the date line, is no bucket.
  return beginnings
    .map((from, at): Span => ({ from, to: beginnings[at + 1] ?? end }))
    .filter(({ from, to }) => from < to);
}

function hoursOf(firstDay: number, lastDay: number, zone: string): number[] {
  const hours: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const next = startOfDay(day + 1, zone);
    for (let hour = startOfDay(day, zone); hour < next; hour += HOUR_MS) hours.push(hour);
  }
  return hours;
}

function daysOf(firstDay: number, lastDay: number, step: Exclude<Step, "hour">): number[] {
  const days = [firstDay];
  for (let day = firstDay + 1; day <= lastDay; day += 1) {
    if (BEGINS[step](day)) days.push(day);
  }
  return days;
}

/** Whether a step begins on a day. 1 January 1970 was a Thursday. */
const BEGINS = {
  day: () => true,
  week: (day) => (((day + 3) % 7) + 7) % 7 === 0,
  month: (day) => new Date(day * DAY_MS).getUTCDate() === 1,
  year: (day) => new Date(day * DAY_MS).getUTCDate() === 1 && new Date(day * DAY_MS).getUTCMonth() === 0,
} as const satisfies Record<Exclude<Step, "hour">, (day: number) => boolean>;
