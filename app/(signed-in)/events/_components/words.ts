import type { DetectionFilter, EventChoiceKey } from "#lib/events/event-filter.ts";
import type { EventRow, NewField, Newness, RowDetection } from "#lib/events/event-row.ts";
import type { Counted } from "#lib/events/queries/walk.ts";
import type { AddressClass, EventOutcome, LogSource, Platform } from "#lib/logs/normalize/event.ts";
import type { AlertStatus, Verdict } from "#lib/triage/alert.ts";
import { VERDICT_WORDS } from "../../alerts/_components/triage-words.ts";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS, STATUS_WORDS } from "../../alerts/_components/words.ts";

export const EVENT_KEY_WORDS = {
  platform: "Platform",
  service: "Service",
  operation: "Operation",
  outcome: "Outcome",
  account: "Account",
  region: "Region",
  class: "Address class",
  address: "Source address",
  network: "Network",
  actor: "Actor",
  image: "Image",
  session: "Session",
  key: "Access key",
  agent: "User agent",
  log: "Log",
} as const satisfies Record<EventChoiceKey, string>;

export const LOG_WORDS = {
  cloudtrail: "AWS CloudTrail",
  "azure-activity": "Azure Activity Log",
  acr: "Azure Container Registry",
  "registry-notification": "Registry notification",
  "ecr-eventbridge": "ECR by EventBridge",
  "gcp-audit": "Google Cloud Audit Logs",
  docker: "Docker",
  "docker-hub": "Docker Hub",
  harbor: "Harbor",
  falco: "Falco",
  sysdig: "Sysdig",
  "kubernetes-audit": "Kubernetes audit log",
  "mapped-table": "Mapped table",
} as const satisfies Record<LogSource, string>;

export const DETECTION_WORDS = {
  only: "With a detection",
  open: "With an open detection",
  suppressed: "With a suppressed detection",
} as const satisfies Record<DetectionFilter, string>;

/** How a filter's value is written for people. `name` is what the value stands for, where it is an id. */
export function eventValueWords(key: EventChoiceKey, value: string, name: string): string {
  switch (key) {
    case "platform":
      return PLATFORM_WORDS[value as Platform] ?? value;
    case "outcome":
      return OUTCOME_WORDS[value as EventOutcome] ?? value;
    case "class":
      return CLASS_WORDS[value as AddressClass] ?? value;
    case "log":
      return LOG_WORDS[value as LogSource] ?? value;
    default:
      return name;
  }
}

const NEW_WORDS = {
  operation: "operation",
  image: "image",
  account: "account",
  region: "region",
  address: "address",
  network: "network",
} as const satisfies Record<NewField, string>;

/** What an event is the first of its actor with, and how much that says: nothing is new to a history of three days. */
export function newnessWords({ fields, historyDays, isShort }: Newness): string {
  const days = `${historyDays.toLocaleString("en-GB")} ${historyDays === 1 ? "day" : "days"} of history`;
  const what = fields.map((field) => NEW_WORDS[field]).join(", ");
  return isShort ? `first seen: ${what}, only ${days}` : `new ${what}, ${days}`;
}

/** What a fact is called that has no field of its own: `sharedWith` is "Shared with". */
export function detailWords(key: string): string {
  const words = key.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Where a detection stands: suppressed and by what, else what became of its alert. */
export function standingWords({
  suppressedBy,
  status,
  verdict,
}: Pick<RowDetection, "suppressedBy" | "status" | "verdict">): string {
  if (suppressedBy !== null) return `suppressed by ALW-${suppressedBy}`;
  const judged: { words: string } | undefined = VERDICT_WORDS[verdict as Verdict];
  return judged?.words ?? STATUS_WORDS[status as AlertStatus] ?? status;
}

/** `1,204 events match`; `10,000+` and `at least` say that there may be more. */
export function countWords({ count, bound }: Counted, isNarrowed: boolean): string {
  const one = count === 1 && bound === null;
  const number = count.toLocaleString("en-GB");
  const amount = bound === "limit" ? `${number}+` : bound === "effort" ? `at least ${number}` : number;
  const verb = one ? " matches" : " match";
  return `${amount} ${one ? "event" : "events"}${isNarrowed ? verb : ""}`;
}

type Told = Pick<EventRow, "actor" | "operation" | "outcome" | "images" | "sourceIp">;

/** What happened, in one sentence. */
export function eventSentence({ actor, operation, outcome, images, sourceIp }: Told): string {
  const [first, ...others] = images;
  const image = first && `${first.name}${first.tag ? `:${first.tag}` : ""}`;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const who = actor?.name ?? "Somebody whom the log does not name";
  const what = image ? ` on ${image}${more}` : "";
  const from = sourceIp ? ` from ${sourceIp}` : "";
  return `${who} called ${operation}${what}${from}${ENDINGS[outcome]}.`;
}

const ENDINGS = {
  success: "",
  failure: "; it failed",
  unknown: "; the log does not say how it ended",
} as const satisfies Record<EventOutcome, string>;
