import { JUDGING_VERDICTS, type Verdict } from "#lib/triage/alert.ts";

const DAY_MS = 86_400_000;
/** How far back a rule's numbers go: whole days of UTC, today among them. */
const NUMBER_DAYS = 30;

/** What became of the alerts of a rule. */
export type RuleNumbers = {
  alerts: number;
  suppressed: number;
  verdicts: Readonly<Partial<Record<Verdict, number>>>;
};

export const NO_NUMBERS: RuleNumbers = { alerts: 0, suppressed: 0, verdicts: {} };

/** The first moment of the days that numbers are of. */
export function numbersFrom(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) - (NUMBER_DAYS - 1)) * DAY_MS);
}

/** Of those that were judged, how many were what the rule looks for, expected or not: between 0 and 1. Null: nobody judged any. */
export function precisionOf({ verdicts }: RuleNumbers): { judged: number; precision: number } | null {
  const of = (verdict: Verdict) => verdicts[verdict] ?? 0;
  const judged = JUDGING_VERDICTS.reduce((sum, verdict) => sum + of(verdict), 0);
  if (judged === 0) return null;
  return { judged, precision: (of("true_positive") + of("benign_true_positive")) / judged };
}
