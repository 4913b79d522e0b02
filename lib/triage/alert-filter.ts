import type { Severity } from "#lib/detection/severity.ts";
import type { Signal } from "#lib/detection/signal.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";
import type { AlertStatus, Verdict } from "./alert.ts";

/** One value asked for, or (`!value` in the URL) ruled out. */
export type Choice<Value extends string = string> = { value: Value; not: boolean };

/** Time ranges that move with the clock, in hours. */
export const RANGES = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type RangeName = keyof typeof RANGES;

export const ALERT_SORTS = ["-time", "time", "-severity", "severity", "-count", "count"] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];

/** The lists that the queue's page offers: those in which alerts are kept, one's own, and everything. */
export const QUEUE_TABS = ["open", "mine", "suppressed", "history", "closed", "all"] as const;
export type QueueTab = (typeof QUEUE_TABS)[number];

/** The parameters that hold choices, in the order in which they are offered. */
export const CHOICE_KEYS = [
  "severity",
  "status",
  "assignee",
  "verdict",
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
  "signal",
  "entry",
] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

type KnownValues = {
  severity: Severity;
  status: AlertStatus;
  verdict: Verdict;
  platform: Platform;
  class: AddressClass;
  outcome: EventOutcome;
  signal: Signal;
};
type Choices = { [Key in ChoiceKey]: Choice<Key extends keyof KnownValues ? KnownValues[Key] : string>[] };

/** Which alerts a person wants to see, and in which order. */
export type AlertFilter = Choices & {
  queue: QueueTab;
  /** Who asks: whose alerts are `mine`. */
  personId: string;
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

/** Whether alerts of no more than information are left out: in the queue of open ones, until somebody asks for them. */
export function leavesOutInfo({ queue, severity }: Pick<AlertFilter, "queue" | "severity">): boolean {
  return queue === "open" && !severity.some(({ value, not }) => value === "info" && !not);
}

/** Whether anything but a list and its order is asked for. */
export function isFiltered(filter: AlertFilter): boolean {
  const { q, count, range, from, to } = filter;
  const others = q ?? count ?? range ?? from ?? to;
  return others !== undefined || CHOICE_KEYS.some((key) => filter[key].length > 0);
}
