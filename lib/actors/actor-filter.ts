import type { ActorKind, Platform } from "#lib/logs/normalize/event.ts";

/** Ranges of when an actor was last seen, in hours. */
export const SEEN_RANGES = { "24h": 24, "7d": 168, "30d": 720, "90d": 2160, "1y": 8760 } as const;
export type SeenRange = keyof typeof SEEN_RANGES;

/** What actors can be sorted by; `-` is from the most, or the newest. */
export const ACTOR_SORTS = [
  "-seen",
  "seen",
  "-events",
  "events",
  "-detections",
  "detections",
  "-alerts",
  "alerts",
  "-open",
  "open",
] as const;
export type ActorSort = (typeof ACTOR_SORTS)[number];

/** Which actors a person wants to see, and in which order. */
export type ActorFilter = {
  /** Looked for in names, keys and accounts. */
  q: string | undefined;
  platform: Platform | undefined;
  kind: ActorKind | undefined;
  /** One in which the actor acted. */
  account: string | undefined;
  /** Only actors of alerts in the queue of open ones. */
  open: boolean;
  seen: SeenRange | undefined;
  /** Last seen at or after, and at or before. A named range counts instead. */
  from: Date | undefined;
  to: Date | undefined;
  /** First seen at or after, and at or before. */
  newFrom: Date | undefined;
  newTo: Date | undefined;
  sort: ActorSort;
};

/** The time in which an actor must have been seen last. */
export function seenBounds(
  { seen, from, to }: ActorFilter,
  now: Date,
): { from: Date | undefined; to: Date | undefined } {
  if (!seen) return { from, to };
  return { from: new Date(now.getTime() - SEEN_RANGES[seen] * 3_600_000), to: undefined };
}

/** Whether anything but an order is asked for. */
export function isFiltered({ sort: _sort, open, ...others }: ActorFilter): boolean {
  return open || Object.values(others).some((value) => value !== undefined);
}
