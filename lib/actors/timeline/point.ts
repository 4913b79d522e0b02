import { SEVERITIES, type Severity } from "#lib/detection/severity.ts";
import type { EventOutcome } from "#lib/logs/normalize/event.ts";

/** A detection that an event made, with what people decided about its alert. */
export type PointDetection = {
  ruleId: string;
  severity: Severity;
  score: number;
  isSuppressed: boolean;
  alertNumber: number;
  /** As lib/triage/alert.ts names them. */
  status: string;
  verdict: string | null;
};

/** An event that is drawn by itself. */
export type EventPoint = {
  id: string;
  at: number;
  /** Empty where the log names none. */
  service: string;
  operation: string;
  outcome: EventOutcome;
  errorCode: string | null;
  /** The worst first; open ones before suppressed ones. */
  detections: PointDetection[];
};

/** The worst of a bucket's detections: of the open ones, or where all are suppressed, of these. */
export type WorstDetection = { start: number; service: string; severity: Severity; isSuppressed: boolean };

/** What an actor was first seen with in a bucket of time. */
export type Newcomers = {
  /** The earliest of them. */
  at: number;
  to: number;
  count: number;
  /** Some of them. */
  samples: { field: NewField; value: string; name: string | null }[];
};

/** What may be new for an actor. Sessions, keys and agents change too often to tell anything. */
export const NEW_FIELDS = ["operation", "image", "account", "region", "address", "network"] as const;
export type NewField = (typeof NEW_FIELDS)[number];

/** History that is shorter tells nothing about what is new. */
const LEAST_HISTORY_DAYS = 14;

/** How many whole days were known before a time, and whether these are enough to call anything new. */
export function historyBefore(at: number, historyFrom: number | null): { days: number; isShort: boolean } {
  const days = historyFrom === null ? 0 : Math.max(0, Math.floor((at - historyFrom) / 86_400_000));
  return { days, isShort: days < LEAST_HISTORY_DAYS };
}

/** Whether one detection deserves a look before another. */
export function isWorse(
  one: Pick<WorstDetection, "severity" | "isSuppressed">,
  other: Pick<WorstDetection, "severity" | "isSuppressed">,
): boolean {
  if (one.isSuppressed !== other.isSuppressed) return other.isSuppressed;
  return SEVERITIES.indexOf(one.severity) > SEVERITIES.indexOf(other.severity);
}
