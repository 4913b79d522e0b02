import type { ActorKind, Platform } from "#lib/logs/normalize/event.ts";

export const ACTOR_KINDS = [
  "person",
  "workload",
  "service",
  "account",
  "root",
  "unknown",
] as const satisfies ActorKind[];

/** What an actor did in all. `suppressed`: of the detections. `open`: of the alerts, those in the queue of open ones. */
export type ActorTally = {
  events: number;
  detections: number;
  suppressed: number;
  alerts: number;
  open: number;
};

/** Who an actor is, with what it did in all. */
export type ActorSummary = ActorTally & {
  id: string;
  platform: Platform;
  kind: ActorKind;
  /** Names the actor within its platform. */
  key: string;
  name: string;
  firstSeen: Date;
  lastSeen: Date;
};

/** What a list shows of an actor. */
export type ActorRow = ActorSummary & {
  /** The first few in which it acted; `accountCount` says how many there are. */
  accounts: string[];
  accountCount: number;
  addressCount: number;
  networkCount: number;
};
