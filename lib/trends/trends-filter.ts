import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import type { Step } from "./buckets.ts";

/** Named periods, in days: so many days of the calendar, of which today is the last. */
export const PERIODS = { "7d": 7, "30d": 30, "90d": 90, "1y": 365, "2y": 730 } as const;
export type PeriodName = keyof typeof PERIODS;

export const PERIOD_NAMES = Object.keys(PERIODS) as PeriodName[];
export const USUAL_PERIOD = "30d" as const satisfies PeriodName;

export const STACKS = ["severity", "platform", "rule", "verdict", "account"] as const;
/** What bars are divided by. */
export type Stack = (typeof STACKS)[number];

/** The charts whose numbers can be shown below them, a row a bucket. */
export const TABLES = ["volume", "acknowledge", "close", "lag", "first-seen"] as const;
export type TableName = (typeof TABLES)[number];

/** Which alerts trends are about, in which time, and how they are shown. */
export type TrendsFilter = {
  /** Of all lists and all times: the time comes from the period. */
  alerts: AlertFilter;
  /** In force unless there are dates. */
  period: PeriodName;
  /** `2026-03-01`, in the zone; the last day is included. A missing end is today or the beginning of a named period. */
  from: string | undefined;
  to: string | undefined;
  zone: string;
  /** In force when the URL names none. */
  readerZone: string;
  /** A zone that was asked for and does not exist. */
  unknownZone: string | undefined;
  /** Undefined: as suits the length. */
  by: Step | undefined;
  stack: Stack;
  /** Whose numbers are shown. */
  tables: TableName[];
};
