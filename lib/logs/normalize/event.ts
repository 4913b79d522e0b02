import type { JsonObject } from "#lib/json.ts";

/** `container`: registries, engines and clusters that belong to none of the clouds. */
export const PLATFORMS = ["aws", "azure", "gcp", "container"] as const;
export type Platform = (typeof PLATFORMS)[number];

export const LOG_SOURCES = [
  "cloudtrail",
  "azure-activity",
  "acr",
  "registry-notification",
  "ecr-eventbridge",
  "gcp-audit",
  "docker",
  "docker-hub",
  "harbor",
  "falco",
  "sysdig",
  "kubernetes-audit",
  "mapped-table",
] as const;
export type LogSource = (typeof LOG_SOURCES)[number];

/** `unknown`: the record tells of a beginning (an Azure `Start` row), or not how it ended. */
export const OUTCOMES = ["success", "failure", "unknown"] as const;
export type EventOutcome = (typeof OUTCOMES)[number];

/** Where a source address is, seen from the organisation. */
export const ADDRESS_CLASSES = ["external", "own_network", "private", "cloud_service", "unknown"] as const;
export type AddressClass = (typeof ADDRESS_CLASSES)[number];

export type ActorKind = "person" | "workload" | "service" | "account" | "root" | "unknown";

/** The principal behind an event: one for all sessions of a role, one for a person however signed in. */
export type EventActor = {
  kind: ActorKind;
  /** Names the actor within its platform. */
  key: string;
  /** Short, for people. */
  name: string;
  account: string | null;
};

export type ImageKind = "machine-image" | "repository" | "managed-image" | "virtual-machine";

export type ImageRole = "made" | "changed" | "source" | "shared" | "used";

/** An image and what the event did to it. */
export type EventImage = {
  kind: ImageKind;
  /**
   * The platform's own: `eu-west-1/ami-…`, registry host and repository, or an Azure resource id in lower case. A
   * container image's tags and digests are parts of it, not of its key.
   */
  key: string;
  /** Short, for people. */
  name: string;
  role: ImageRole;
  account: string | null;
  region: string | null;
  tag: string | null;
  digest: string | null;
};

/** A record normalised: who did what to which image, when, from where, with what outcome. */
export type LogEvent = {
  /** Hash of the record's content, in the form of a UUID. */
  id: string;
  occurredAt: Date;
  platform: Platform;
  logSource: LogSource;
  /** The API that was called: `ecr.amazonaws.com`, `microsoft.compute`. */
  service: string | null;
  /** As it was logged. */
  operation: string;
  outcome: EventOutcome;
  errorCode: string | null;
  actor: EventActor | null;
  /** The whole principal as it was logged. */
  principal: string | null;
  session: string | null;
  accessKey: string | null;
  account: string | null;
  region: string | null;
  /** As it was logged; a name such as `AWS Internal` or `ec2.amazonaws.com` is no address. */
  sourceIp: string | null;
  isExternal: boolean | null;
  userAgent: string | null;
  nativeId: string | null;
  /** Shared by the records of one operation: start and end rows, copies in two accounts. */
  correlationId: string | null;
  images: EventImage[];
  /** What the call names when it names no image: `instance:i-…`, `name:…`. */
  subject: string | null;
  /** Facts of image work that have no field of their own. Small: it is stored with the event. */
  details: JsonObject | null;
};

/** Why a record that was read is no event. */
export type UnnormalizedReason = "unknown-log" | "no-time" | "no-operation" | "too-deep";
/** `detail` names the field, the value that stands there, and what was expected. */
export type Unnormalized = { reason: UnnormalizedReason; detail: string };
