import type { Span } from "./buckets.ts";

export const MEASURES = ["acknowledge", "close", "lag"] as const;
/** Until a person first changed an alert, until it was closed, and from its first event until it could be seen. */
export type Measure = (typeof MEASURES)[number];

/** In seconds: half of them, and nine in ten, took no longer. Null of none. */
export type Quantiles = { p50: number | null; p90: number | null; count: number };
/** Alerts that are still open and wait to be acknowledged, and to be closed. */
export type Waiting = { acknowledge: number; close: number };
export type Times = Record<Measure, Quantiles> & { waiting: Waiting };

/** How long things took, for the alerts of each bucket, of the period, and of the one before. */
export type TimesTrend = { buckets: Span[]; byBucket: Times[]; now: Times; before: Times };
