import type { Route } from "next";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey } from "#lib/triage/alert-filter.ts";

export type Change = Partial<{
  [Key in "q" | "count" | "range" | "from" | "to" | "sort"]: string | null;
}> & { choice?: { key: ChoiceKey; value: string; set: "only" | "include" | "exclude" | "remove" } };

/** The address of the queue under a filter, with one thing changed. A page's cursor is never carried over. */
export function alertsHref(filter: AlertFilter, change: Change = {}): Route {
  const query = alertsQuery(filter, change).toString();
  return (query ? `/alerts?${query}` : "/alerts") as Route;
}

export function alertHref(number: number): Route {
  return `/alerts/${number}` as Route;
}

export function alertsQuery(filter: AlertFilter, change: Change = {}): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of CHOICE_KEYS) {
    for (const { value, not } of changed(filter[key], key, change.choice))
      query.append(key, not ? `!${value}` : value);
  }
  const single = {
    q: filter.q,
    count: filter.count?.toString(),
    range: filter.range,
    from: filter.range ? undefined : filter.from?.toISOString(),
    to: filter.range ? undefined : filter.to?.toISOString(),
    sort: filter.sort === "-time" ? undefined : filter.sort,
  };
  for (const [key, value] of Object.entries(single)) {
    const given = change[key as keyof typeof single];
    const kept = given === undefined ? value : given;
    if (kept) query.set(key, kept);
  }
  return query;
}

type Choices = AlertFilter[ChoiceKey];

function changed(
  choices: Choices,
  key: ChoiceKey,
  change: Change["choice"],
): readonly { value: string; not: boolean }[] {
  if (change?.key !== key) return choices;
  const { value, set } = change;
  if (set === "only") return [{ value, not: false }];
  const others = choices.filter((choice) => choice.value !== value);
  return set === "remove" ? others : [...others, { value, not: set === "exclude" }];
}
