import { activeMinutes, type FeedHour } from "./hour.ts";
import { addLags, lagQuantile, noLags } from "./lag.ts";

/** Less teaches nothing: the nights and the weekend have to be in it. */
const LEAST_DAYS = 7;
const LEAST_HOURS = 20;

/** Of the days' longest silences the one that nine days of ten do not exceed: an outage is not learnt from. */
const USUAL_SHARE = 0.9;
const MARGIN = 1.25;
const LEAST_MINUTES = 30;
const STEP_MINUTES = 5;

const DAY_MINUTES = 1440;

export type Learnt = {
  /** The longest silence to expect, seen from now: what comes late is part of it. Null: there is too little history. */
  learntMinutes: number | null;
  lagSeconds: number | null;
  mostLagSeconds: number | null;
};

/**
 * What a feed's history teaches: the longest silence of nine days out of ten and a quarter of it, and what nine events of
 * ten take to arrive. `hours` in their order; `lags` of the hours in which something arrived lately.
 */
export function learn(hours: readonly FeedHour[], lags: readonly (readonly number[])[]): Learnt {
  const all = lags.reduce<number[]>(addLags, noLags());
  const lagSeconds = lagQuantile(all, 0.5);
  const mostLagSeconds = lagQuantile(all, USUAL_SHARE);
  const silence = usualSilence(hours);
  const learntMinutes = silence === null ? null : rounded(silence * MARGIN + (mostLagSeconds ?? 0) / 60);
  return { learntMinutes, lagSeconds, mostLagSeconds };
}

function rounded(minutes: number): number {
  return Math.max(LEAST_MINUTES, Math.ceil(minutes / STEP_MINUTES) * STEP_MINUTES);
}

function usualSilence(hours: readonly FeedHour[]): number | null {
  if (hours.filter(({ minutes }) => minutes !== 0n).length < LEAST_HOURS) return null;
  const longest = new Map<number, number>();
  let first: number | undefined;
  let before: number | undefined;
  for (const minute of activeMinutes(hours)) {
    first ??= minute;
    const day = Math.floor(minute / DAY_MINUTES);
    longest.set(day, Math.max(longest.get(day) ?? 0, minute - (before ?? minute)));
    before = minute;
  }
  if (first === undefined || before === undefined || before - first < LEAST_DAYS * DAY_MINUTES) return null;
  const silences = [...longest.values()].sort((a, b) => a - b);
  return silences[Math.ceil(USUAL_SHARE * silences.length) - 1] ?? null;
}
