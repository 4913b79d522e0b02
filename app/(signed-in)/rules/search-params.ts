import type { Route } from "next";
import { numbersFrom } from "#lib/rules/numbers.ts";
import type { Verdict } from "#lib/triage/alert.ts";

export function ruleHref(id: string): Route {
  return `/rules/${id}` as Route;
}

/** The alerts that a rule's numbers count: all of them, those that are suppressed, or those with one of some verdicts. */
export function alertsOfRuleHref(
  rule: string,
  now: Date,
  which: { queue?: "suppressed"; verdicts?: readonly Verdict[] } = {},
): Route {
  const query = new URLSearchParams({
    queue: which.queue ?? "all",
    rule,
    from: numbersFrom(now).toISOString(),
  });
  for (const verdict of which.verdicts ?? []) query.append("verdict", verdict);
  return `/alerts?${query}` as Route;
}
