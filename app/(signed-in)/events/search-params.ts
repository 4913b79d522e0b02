import type { Route } from "next";
import { type ChoiceChange, changeChoices } from "#lib/choice.ts";
import { EVENT_KEYS, type EventChoiceKey, type EventFilter } from "#lib/events/event-filter.ts";

/** A page that lists events. */
export type EventsBase = {
  path: Route;
  /** What the path itself asks for: it stands in no query and cannot be changed. */
  fixed?: EventChoiceKey;
  /** Parameters of the page that have nothing to do with its events: they stay. */
  keep?: Readonly<Record<string, string>>;
};

export const EVENTS_PAGE: EventsBase = { path: "/events" };

/**
 * What is changed in an address. Null takes a value away; what is not mentioned stays, but for the cursor of the page and
 * the event that is open beside it, which another list may not hold.
 */
export type EventsChange = Partial<
  Record<"q" | "detections" | "range" | "from" | "to" | "sort", string | null>
> & {
  page?: string | null | undefined;
  event?: string | null | undefined;
  choice?: { key: EventChoiceKey; value: string; set: ChoiceChange };
};

/** The address of the events under a filter, with something changed. */
export function eventsHref(base: EventsBase, filter: EventFilter, change: EventsChange = {}): Route {
  const query = eventsQuery(base, filter, change).toString();
  return (query ? `${base.path}?${query}` : base.path) as Route;
}

/** The address of the same page without any filter. */
export function unfilteredHref({ path, keep = {} }: EventsBase): Route {
  const query = new URLSearchParams(keep).toString();
  return (query ? `${path}?${query}` : path) as Route;
}

function eventsQuery(base: EventsBase, filter: EventFilter, change: EventsChange): URLSearchParams {
  const { choice, ...single } = change;
  const query = new URLSearchParams(base.keep);
  for (const key of EVENT_KEYS.filter((one) => one !== base.fixed)) {
    const choices = choice?.key === key ? changeChoices(filter[key], choice.value, choice.set) : filter[key];
    for (const { value, not } of choices) query.append(key, not ? `!${value}` : value);
  }
  const given = Object.entries(single).filter(([, value]) => value !== undefined);
  for (const [key, value] of Object.entries({ ...singleValues(filter), ...Object.fromEntries(given) })) {
    if (value) query.set(key, value);
  }
  return query;
}

/** A named range stands for itself: fixed times beside it would say something else. */
function singleValues({ q, detections, range, from, to, sort }: EventFilter) {
  return {
    q,
    detections,
    range,
    from: range ? undefined : from?.toISOString(),
    to: range ? undefined : to?.toISOString(),
    sort: sort === "-time" ? undefined : sort,
  };
}
