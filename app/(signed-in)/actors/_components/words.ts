import type { SeenRange } from "#lib/actors/actor-filter.ts";
import type { FactField } from "#lib/actors/facts.ts";
import type { ActorKind } from "#lib/logs/normalize/event.ts";

export const KIND_WORDS = {
  person: "person",
  workload: "workload",
  service: "service",
  account: "account",
  root: "root user",
  unknown: "unknown",
} as const satisfies Record<ActorKind, string>;

export const SEEN_WORDS = {
  "24h": "Seen in the last 24 hours",
  "7d": "Seen in the last 7 days",
  "30d": "Seen in the last 30 days",
  "90d": "Seen in the last 90 days",
  "1y": "Seen in the last year",
} as const satisfies Record<SeenRange, string>;

/** One, and several. */
export const FACT_WORDS = {
  account: ["account", "accounts"],
  network: ["network", "networks"],
  address: ["address", "addresses"],
  session: ["session", "sessions"],
  key: ["access key", "access keys"],
  agent: ["user agent", "user agents"],
} as const satisfies Record<FactField, readonly [one: string, several: string]>;
