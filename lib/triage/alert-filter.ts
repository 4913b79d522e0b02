import type { Severity } from "#lib/detection/severity.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";

/** One value asked for, or (`!value` in the URL) ruled out. */
export type Choice<Value extends string = string> = { value: Value; not: boolean };

/** Time ranges that move with the clock, in hours. */
export const RANGES = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type RangeName = keyof typeof RANGES;

export const ALERT_SORTS = ["-time", "time", "-severity", "severity", "-count", "count"] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];

/** The parameters that hold choices, in the order in which they are offered. */
export const CHOICE_KEYS = [
  "severity",
  "platform",
  "account",
  "region",
  "operation",
  "rule",
  "actor",
  "image",
  "class",
  "address",
  "outcome",
] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

type KnownValues = { severity: Severity; platform: Platform; class: AddressClass; outcome: EventOutcome };
type Choices = { [Key in ChoiceKey]: Choice<Key extends keyof KnownValues ? KnownValues[Key] : string>[] };

/** Which alerts a person wants to see, and in which order. */
export type AlertFilter = Choices & {
  /** Looked for in actors, images, operations, accounts, addresses and the alert's number. */
  q: string | undefined;
  /** At least so many detections. */
  count: number | undefined;
  range: RangeName | undefined;
  from: Date | undefined;
  to: Date | undefined;
  sort: AlertSort;
};

/** The time in which an alert must have been active last. */
export function timeBounds(
  { range, from, to }: AlertFilter,
  now: Date,
): { from: Date | undefined; to: Date | undefined } {
  if (!range) return { from, to };
  return { from: new Date(now.getTime() - RANGES[range] * 3_600_000), to: undefined };
}

/** Whether anything but the order is asked for. */
export function isFiltered(filter: AlertFilter): boolean {
  const { q, count, range, from, to } = filter;
  const others = q ?? count ?? range ?? from ?? to;
  return others !== undefined || CHOICE_KEYS.some((key) => filter[key].length > 0);
}
