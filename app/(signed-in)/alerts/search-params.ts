import type { Route } from "next";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey, type QueueTab } from "#lib/triage/alert-filter.ts";

export type Change = Partial<{
  [Key in "q" | "count" | "range" | "from" | "to" | "timing" | "visibleFrom" | "visibleTo" | "sort"]:
    | string
    | null;
}> & {
  queue?: QueueTab;
  choice?: { key: ChoiceKey; value: string; set: "only" | "include" | "exclude" | "remove" };
};

/** The address of the queue under a filter, with one thing changed. A page's cursor is never carried over. */
export function alertsHref(filter: AlertFilter, change: Change = {}): Route {
  const query = alertsQuery(filter, change).toString();
  return (query ? `/alerts?${query}` : "/alerts") as Route;
}

/** The address of the same list without any filter. */
export function unfilteredHref({ queue }: AlertFilter): Route {
  return (queue === "open" ? "/alerts" : `/alerts?queue=${queue}`) as Route;
}

export function alertHref(number: number): Route {
  return `/alerts/${number}` as Route;
}

export function alertsQuery(filter: AlertFilter, change: Change = {}): URLSearchParams {
  const query = new URLSearchParams();
  const queue = change.queue ?? filter.queue;
  if (queue !== "open") query.set("queue", queue);
  for (const key of CHOICE_KEYS) {
    for (const { value, not } of changed(filter[key], key, change.choice)) {
      query.append(key, not ? `!${value}` : value);
    }
  }
  for (const [key, kept] of Object.entries({ ...singleValues(filter), ...given(change) })) {
    if (kept) query.set(key, kept);
  }
  return query;
}

/** A named range stands for itself: fixed times beside it would say something else. */
function singleValues(filter: AlertFilter): Record<string, string | undefined> {
  const { q, count, range, from, to, timing, visibleFrom, visibleTo, sort } = filter;
  return {
    q,
    count: count?.toString(),
    range,
    from: range ? undefined : from?.toISOString(),
    to: range ? undefined : to?.toISOString(),
    timing,
    visibleFrom: visibleFrom?.toISOString(),
    visibleTo: visibleTo?.toISOString(),
    sort: sort === "-time" ? undefined : sort,
  };
}

/** Null takes a value away; what is not mentioned stays. */
function given({ choice: _choice, queue: _queue, ...change }: Change): Record<string, string | null> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
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
