import type { AlertFilter } from "#lib/triage/alert-filter.ts";

const DAY_MS = 86_400_000;

/** How long alerts have stood open, in days: from so many, to fewer than so many. */
export const AGES = [
  { from: 0, to: 1 },
  { from: 1, to: 3 },
  { from: 3, to: 7 },
  { from: 7, to: 30 },
  { from: 30, to: undefined },
] as const;

/** The open alerts of an age. Whoever is younger than now is counted as new. */
export function ofAge(alerts: AlertFilter, at: number, now: Date): AlertFilter {
  const { from, to } = AGES[at] ?? AGES[0];
  return {
    ...openOf(alerts),
    visibleFrom: to === undefined ? undefined : new Date(now.getTime() - to * DAY_MS + 1),
    visibleTo: from === 0 ? undefined : new Date(now.getTime() - from * DAY_MS),
  };
}

/** The open list, of any time; as there, information is left out until it is asked for. */
export function openOf(alerts: AlertFilter): AlertFilter {
  return { ...alerts, queue: "open" };
}
