import { VERDICTS } from "#lib/triage/alert.ts";
import type { AlertFilter, ChoiceKey } from "#lib/triage/alert-filter.ts";
import type { Span } from "./buckets.ts";
import type { Stack } from "./trends-filter.ts";
import type { Series } from "./volume.ts";

/** The alerts of a time. The list's bounds are both included. */
export function within(alerts: AlertFilter, { from, to }: Span): AlertFilter {
  return { ...alerts, from: new Date(from), to: new Date(to - 1) };
}

/** Of these the alerts that have one of some values, as far as the filter asks for them too. */
export function having(alerts: AlertFilter, key: ChoiceKey, ...values: string[]): AlertFilter {
  const wanted = offeredValues(alerts, key);
  const both = wanted ? values.filter((value) => wanted.includes(value)) : values;
  const ruledOut = alerts[key].filter(({ not }) => not);
  return { ...alerts, [key]: [...both.map((value) => ({ value, not: false })), ...ruledOut] };
}

/** Of these the alerts that have none of some values. */
export function without(alerts: AlertFilter, key: ChoiceKey, values: readonly string[]): AlertFilter {
  return { ...alerts, [key]: [...alerts[key], ...values.map((value) => ({ value, not: true }))] };
}

/** Of these the alerts that a series of a stack counts; `all` are the stack's series. */
export function inSeries(
  alerts: AlertFilter,
  stack: Stack,
  { kind, value }: Pick<Series, "kind" | "value">,
  all: readonly Pick<Series, "kind" | "value">[],
): AlertFilter {
  if (kind === "value") return having(alerts, stack, value);
  if (kind === "none") return without(alerts, stack, VERDICTS);
  const named = all.filter((series) => series.kind === "value");
  return without(
    alerts,
    stack,
    named.map((series) => series.value),
  );
}

export function suppressed(alerts: AlertFilter): AlertFilter {
  return { ...alerts, queue: "suppressed" };
}

/** The values of a kind that a filter asks for; null for any. Alerts can have several, and only these are counted then. */
export function offeredValues(alerts: AlertFilter, key: ChoiceKey): string[] | null {
  const wanted = alerts[key].filter(({ not }) => !not).map(({ value }) => value);
  return wanted.length > 0 ? wanted : null;
}
