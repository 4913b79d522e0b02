import type { Span } from "./buckets.ts";

/** `suppressed`: of the alerts, those that the allowlist covers whole. */
export type Count = { alerts: number; suppressed: number };

/** The alerts with one value; with none; with none of the values that are told apart. */
export type Series = {
  kind: "value" | "none" | "others";
  value: string;
  /** What people call it, where that is something else. */
  name?: string;
  counts: Count[];
  now: Count;
  before: Count;
};

/** The alerts of a period by the values of a stack; everywhere as many counts as there are buckets. */
export type Volume = { buckets: Span[]; totals: Count[]; series: Series[]; now: Count; before: Count };
