import type { Verdict } from "#lib/triage/alert.ts";

/** How many alerts in the period, and in the one before. */
export type Change = { now: number; before: number };
export type ValueChange = Change & { value: string };

/** What alerts were, and what people made of them. */
export type Mix = {
  all: Change;
  suppressed: Change;
  severities: ValueChange[];
  platforms: ValueChange[];
  rules: ValueChange[];
  verdicts: (Change & { value: Verdict })[];
  /** Of the alerts that were judged, how many were noise. */
  noise: { judged: Change; noise: Change };
  noiseByRule: { rule: string; judged: Change; noise: Change }[];
};

/** A part of a whole, from 0 to 1; null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
