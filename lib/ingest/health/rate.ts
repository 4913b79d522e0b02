import { type FeedHour, HOUR_MS, hourIndex, LEARNT_DAYS } from "./hour.ts";

export type Rate = {
  /** Events of the last hour of which about everything has come. */
  events: number;
  /** The hour's beginning. */
  hour: Date;
  /** Median of the same hour (UTC) on days of the same kind before. Null: there were too few of them. */
  usual: number | null;
};

/** So few days tell nothing of what is usual. */
const LEAST_DAYS = 3;

const MONDAY = 4;

type History = {
  hours: readonly Omit<FeedHour, "minutes">[];
  /** The first hour of which anything is known. */
  sinceIndex: number | null;
  /** What nine of ten events take to arrive. */
  mostLagSeconds: number | null;
};

/** The rate of a feed now against its usual one. */
export function rateOf({ hours, sinceIndex, mostLagSeconds }: History, now: Date): Rate {
  const events = new Map(hours.map((one) => [one.index, one.events]));
  const index = hourIndex(new Date(now.getTime() - (mostLagSeconds ?? 0) * 1000)) - 1;
  const before = Array.from({ length: LEARNT_DAYS }, (_, day) => index - 24 * (day + 1)).filter(
    (one) => sinceIndex !== null && one >= sinceIndex && isWeekend(one) === isWeekend(index),
  );
  return {
    events: events.get(index) ?? 0,
    hour: new Date(index * HOUR_MS),
    usual: before.length < LEAST_DAYS ? null : median(before.map((one) => events.get(one) ?? 0)),
  };
}

/** The epoch began on a Thursday. */
function isWeekend(index: number): boolean {
  const sinceMonday = (Math.floor(index / 24) + 7 - MONDAY) % 7;
  return sinceMonday >= 5;
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.round(((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2);
}
