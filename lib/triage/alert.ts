import type { Family } from "#lib/detection/family.ts";
import type { Severity } from "#lib/detection/severity.ts";
import type { Signal } from "#lib/detection/signal.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";

export const ALERT_STATUSES = ["new", "in_progress", "waiting", "escalated", "closed"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** Whether an alert was true, and how else it was wrong. */
export const VERDICTS = [
  "true_positive",
  "benign_true_positive",
  "false_positive_logic",
  "false_positive_data",
  "undetermined",
  "duplicate",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Verdicts by which an alert was nothing to worry about. */
export const NOISE_VERDICTS = [
  "benign_true_positive",
  "false_positive_logic",
  "false_positive_data",
] as const satisfies Verdict[];

/** Verdicts that say whether an alert was right: not those that leave it open, and not those of another alert. */
export const JUDGING_VERDICTS = ["true_positive", ...NOISE_VERDICTS] as const satisfies Verdict[];

/** Why a verdict was given. */
export const VERDICT_REASONS = [
  "confirmed_attack",
  "policy_violation",
  "expected_change",
  "expected_automation",
  "authorised_test",
  "rule_too_wide",
  "wrong_or_missing_data",
  "not_enough_evidence",
  "same_incident",
  "other",
] as const;
export type VerdictReason = (typeof VERDICT_REASONS)[number];

/** The reasons that go with each verdict. */
export const REASONS_OF = {
  true_positive: ["confirmed_attack", "policy_violation", "other"],
  benign_true_positive: ["expected_change", "expected_automation", "authorised_test", "other"],
  false_positive_logic: ["rule_too_wide", "other"],
  false_positive_data: ["wrong_or_missing_data", "other"],
  undetermined: ["not_enough_evidence", "other"],
  duplicate: ["same_incident", "other"],
} as const satisfies Record<Verdict, readonly VerdictReason[]>;

/** An actor or image as lists name it. */
export type NamedLink = { id: string; name: string };

/** What a list shows of an alert. */
export type AlertRow = {
  id: string;
  /** Shown as `ALR-1042`. */
  number: number;
  firstAt: Date;
  lastAt: Date;
  severity: Severity;
  score: number;
  platform: Platform;
  family: Family;
  /** Of the image and of the events. */
  accounts: string[];
  regions: string[];
  operations: string[];
  /** Ids of the rules that fired. */
  rules: string[];
  /** Of the worst detection. */
  actor: NamedLink | null;
  actorCount: number;
  image: NamedLink | null;
  /** What the alert is about when no image is named: `instance:i-…`, `actor:…`. */
  subject: string;
  sourceIps: string[];
  addressClasses: AddressClass[];
  outcome: EventOutcome;
  detectionCount: number;
  operationCount: number;
  status: AlertStatus;
  /** Counts the changes that people made. */
  revision: number;
  verdict: Verdict | null;
  assignee: NamedLink | null;
  /** Closed, and something new has come since. */
  newActivity: boolean;
  /** Detections that the allowlist suppresses. */
  suppressedCount: number;
  /** Signals by which detections stay open though an allowlist entry matches them. */
  brokeThrough: Signal[];
};

/** Whether the allowlist covers every detection of an alert. */
export function isSuppressed({
  suppressedCount,
  detectionCount,
}: Pick<AlertRow, "suppressedCount" | "detectionCount">): boolean {
  return suppressedCount === detectionCount;
}

export function alertName(number: number): string {
  return `ALR-${number}`;
}

/** The class that most deserves a look, of several. */
const CLASS_ORDER: readonly AddressClass[] = [
  "external",
  "own_network",
  "private",
  "cloud_service",
  "unknown",
];

export function tellingClass(classes: readonly AddressClass[]): AddressClass {
  return CLASS_ORDER.find((name) => classes.includes(name)) ?? "unknown";
}

/** What an alert is about when no image is named: `instance:i-…` reads "instance i-…". */
export function subjectWords(subject: string): string {
  return subject.replace(/^(instance|name|actor):/, "$1 ");
}
