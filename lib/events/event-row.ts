import type { Severity } from "#lib/detection/severity.ts";
import type {
  AddressClass,
  EventOutcome,
  ImageRole,
  LogSource,
  Platform,
} from "#lib/logs/normalize/event.ts";

/** What an event did to an image. */
export type RowImage = {
  id: string;
  name: string;
  role: ImageRole;
  tag: string | null;
  digest: string | null;
};

/** A detection that an event made, with where its alert stands. */
export type RowDetection = {
  ruleId: string;
  severity: Severity;
  score: number;
  /** Number of the allowlist entry that suppresses it; null: it is open. */
  suppressedBy: number | null;
  alertNumber: number;
  /** As the alert's page shows them: one of ALERT_STATUSES and VERDICTS of lib/triage/alert.ts. */
  status: string;
  verdict: string | null;
};

/** What an event may be the first of its actor with. */
export const NEW_FIELDS = ["operation", "image", "account", "region", "address", "network"] as const;
export type NewField = (typeof NEW_FIELDS)[number];

/** What is new for the actor at an event, and how far back it would have been seen. */
export type Newness = {
  fields: NewField[];
  /** Whole days of history of the event's account and log before it. */
  historyDays: number;
  /** Too short a history to say that anything is new. */
  isShort: boolean;
};

/** What a list shows of an event. */
export type EventRow = {
  id: string;
  occurredAt: Date;
  platform: Platform;
  logSource: LogSource;
  service: string | null;
  operation: string;
  outcome: EventOutcome;
  errorCode: string | null;
  actor: { id: string; name: string } | null;
  account: string | null;
  region: string | null;
  sourceIp: string | null;
  addressClass: AddressClass;
  /** `name` is what the network is called, where that is known. */
  network: { key: string; name: string | null } | null;
  userAgent: string | null;
  session: string | null;
  accessKey: string | null;
  images: RowImage[];
  /** The worst first; open ones before suppressed ones. */
  detections: RowDetection[];
};

/** An event with its marks. */
export type MarkedEventRow = EventRow & { newness: Newness | null };
