import type { EntryState } from "./entry.ts";

/** Why an entry should be looked at again. */
export const STALE_REASONS = ["no-hit", "expires-soon", "covered-by-another"] as const;
export type StaleReason = (typeof STALE_REASONS)[number];

/** After how many days without a hit, and how many days before its end. */
export const STALE_DAYS = { "no-hit": 30, "expires-soon": 7 } as const;

export type StaleFacts = {
  state: EntryState;
  expiresAt: Date;
  /** Since when it has been observing or enforcing without a break; null: it is not. */
  activeSince: Date | null;
  lastHitAt: Date | null;
  /** It matches, and another entry decides every time. */
  isCovered: boolean;
};

const DAY_MS = 86_400_000;

export function staleReasons(
  { state, expiresAt, activeSince, lastHitAt, isCovered }: StaleFacts,
  now: Date,
): StaleReason[] {
  if (state !== "observing" && state !== "enforcing") return [];
  const daysSince = (time: Date) => (now.getTime() - time.getTime()) / DAY_MS;
  const quietSince = [lastHitAt, activeSince]
    .filter((time) => time !== null)
    .sort((a, b) => b.getTime() - a.getTime())[0];
  const found: StaleReason[] = [];
  if (quietSince && daysSince(quietSince) > STALE_DAYS["no-hit"]) found.push("no-hit");
  if (-daysSince(expiresAt) <= STALE_DAYS["expires-soon"]) found.push("expires-soon");
  if (state === "enforcing" && isCovered) found.push("covered-by-another");
  return found;
}
