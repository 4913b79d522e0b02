import type { Choice, TimeFilter } from "#lib/choice.ts";
import type { AddressClass, EventOutcome, LogSource, Platform } from "#lib/logs/normalize/event.ts";

export const EVENT_SORTS = ["-time", "time"] as const;
export type EventSort = (typeof EVENT_SORTS)[number];

/** Events by what rules made of them: those with any detection, with a suppressed one, with an open one. */
export const DETECTION_FILTERS = ["only", "open", "suppressed"] as const;
export type DetectionFilter = (typeof DETECTION_FILTERS)[number];

/** The parameters that hold choices, in the order in which they are shown. */
export const EVENT_KEYS = [
  "platform",
  "service",
  "operation",
  "outcome",
  "account",
  "region",
  "class",
  "address",
  "network",
  "actor",
  "image",
  "session",
  "key",
  "agent",
  "log",
] as const;
export type EventChoiceKey = (typeof EVENT_KEYS)[number];

type KnownValues = { platform: Platform; outcome: EventOutcome; class: AddressClass; log: LogSource };
type Choices = {
  [Key in EventChoiceKey]: Choice<Key extends keyof KnownValues ? KnownValues[Key] : string>[];
};

/** Which events a person wants to see, and in which order. */
export type EventFilter = Choices &
  TimeFilter & {
    /** Words looked for in operation, principal, session, user agent, address, account and error code. */
    q: string | undefined;
    detections: DetectionFilter | undefined;
    sort: EventSort;
  };

/** A longer value of a log cannot be asked for: an address has no room for it. */
export const LONGEST_VALUE = 1000;

/** Whether anything but an order is asked for; `fixed` is what the page itself asks for. */
export function isFiltered(filter: EventFilter, fixed?: EventChoiceKey): boolean {
  const { q, detections, range, from, to } = filter;
  const others = q ?? detections ?? range ?? from ?? to;
  return others !== undefined || EVENT_KEYS.some((key) => key !== fixed && filter[key].length > 0);
}
