import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { VERDICTS } from "#lib/triage/alert.ts";
import { NO_NUMBERS, numbersFrom, type RuleNumbers } from "../numbers.ts";

/** The alerts of each rule in the last days, by what became of them. A rule without any is not among them. */
export async function countByRule(now: Date): Promise<Map<string, RuleNumbers>> {
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      select rule, verdict, sum(alerts)::int as alerts,
        coalesce(sum(alerts) filter (where queue = 'suppressed'), 0)::int as suppressed
      from alert_day cross join lateral unnest(rules) as rule
      where day >= ${numbersFrom(now).toISOString().slice(0, 10)}::date
      group by rule, verdict`,
  );
  const numbers = new Map<string, RuleNumbers>();
  for (const { rule, verdict, alerts, suppressed } of rows) {
    const before = numbers.get(rule) ?? NO_NUMBERS;
    numbers.set(rule, {
      alerts: before.alerts + alerts,
      suppressed: before.suppressed + suppressed,
      verdicts: verdict === null ? before.verdicts : { ...before.verdicts, [verdict]: alerts },
    });
  }
  return numbers;
}

const rowsSchema = z.array(
  z.object({
    rule: z.string(),
    verdict: z.enum(VERDICTS).nullable(),
    alerts: z.int(),
    suppressed: z.int(),
  }),
);
