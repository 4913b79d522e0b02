import type { Choice, TimeFilter } from "#lib/choice.ts";
import type { Severity } from "#lib/detection/severity.ts";
import type { Signal } from "#lib/detection/signal.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";
import type { AlertStatus, Verdict } from "./alert.ts";

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

/**
 * Alerts by the time that people take. Of those that came live and have stood in the open queue, tests that were authorised
 * left out: all, those that a person has changed, those that still wait for it, those closed, those that wait to be.
 */
export const TIMINGS = ["visible", "acknowledged", "unacknowledged", "closed", "unclosed"] as const;
export type Timing = (typeof TIMINGS)[number];

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
export type AlertFilter = Choices &
  TimeFilter & {
    queue: QueueTab;
    /** Who asks: whose alerts are `mine`. */
    personId: string;
    /** Looked for in actors, images, operations, accounts, addresses and the alert's number. */
    q: string | undefined;
    /** At least so many detections. */
    count: number | undefined;
    timing: Timing | undefined;
    /** Between when it first stood in the open queue; of one that never has, when it was stored. */
    visibleFrom: Date | undefined;
    visibleTo: Date | undefined;
    sort: AlertSort;
  };

/** Whether alerts of no more than information are left out: in the queue of open ones, until somebody asks for them. */
export function leavesOutInfo({ queue, severity }: Pick<AlertFilter, "queue" | "severity">): boolean {
  return queue === "open" && !severity.some(({ value, not }) => value === "info" && !not);
}

/** Whether anything but a list and its order is asked for. */
export function isFiltered(filter: AlertFilter): boolean {
  const { q, count, range, from, to, timing, visibleFrom, visibleTo } = filter;
  const others = q ?? count ?? range ?? from ?? to ?? timing ?? visibleFrom ?? visibleTo;
  return others !== undefined || CHOICE_KEYS.some((key) => filter[key].length > 0);
}
