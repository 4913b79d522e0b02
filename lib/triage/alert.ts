import type { Family } from "#lib/detection/family.ts";
import type { Severity } from "#lib/detection/severity.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";

export const ALERT_STATUSES = ["new", "in_progress", "waiting", "escalated", "closed"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

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
  /** Empty where the image belongs to no cloud account. */
  account: string;
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
};

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
