import type { RangeName } from "#lib/choice.ts";
import { FAMILIES } from "#lib/detection/family.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";
import type { AlertStatus } from "#lib/triage/alert.ts";
import type { ChoiceKey, QueueTab, Timing } from "#lib/triage/alert-filter.ts";

export const PLATFORM_WORDS = {
  aws: "AWS",
  azure: "Azure",
  gcp: "Google Cloud",
  container: "Containers",
} as const satisfies Record<Platform, string>;

export const OUTCOME_WORDS = {
  success: "succeeded",
  failure: "failed",
  unknown: "not known",
} as const satisfies Record<EventOutcome, string>;

export const CLASS_WORDS = {
  external: "external",
  own_network: "own network",
  private: "private",
  cloud_service: "cloud service",
  unknown: "unknown",
} as const satisfies Record<AddressClass, string>;

export const STATUS_WORDS = {
  new: "new",
  in_progress: "in progress",
  waiting: "waiting",
  escalated: "escalated",
  closed: "closed",
} as const satisfies Record<AlertStatus, string>;

export const TAB_WORDS = {
  open: "Open",
  mine: "Mine",
  suppressed: "Suppressed",
  history: "History",
  closed: "Closed",
  all: "All",
} as const satisfies Record<QueueTab, string>;

/** Why a list is empty that no filter narrows. */
export const EMPTY_WORDS = {
  open: "No alert waits to be looked at",
  mine: "No alert is yours",
  suppressed: "The allowlist covers no alert whole",
  history: "No alert came as history",
  closed: "No alert is closed",
  all: "There are no alerts",
} as const satisfies Record<QueueTab, string>;

export const FILTER_WORDS = {
  severity: "Severity",
  status: "Status",
  assignee: "Assignee",
  verdict: "Verdict",
  platform: "Platform",
  account: "Account",
  region: "Region",
  operation: "Operation",
  rule: "Rule",
  actor: "Actor",
  image: "Image",
  class: "Address class",
  address: "Source address",
  outcome: "Outcome",
  signal: "Broke through",
  entry: "Suppressed by",
} as const satisfies Record<ChoiceKey, string>;

export const RANGE_WORDS = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
} as const satisfies Record<RangeName, string>;

export const TIMING_WORDS = {
  visible: "Timed",
  acknowledged: "Timed, and acknowledged",
  unacknowledged: "Timed, and waiting to be acknowledged",
  closed: "Timed, and closed",
  unclosed: "Timed, and waiting to be closed",
} as const satisfies Record<Timing, string>;

export function familyWords(family: keyof typeof FAMILIES): string {
  return FAMILIES[family].label;
}
