import { SEVERITIES, type Severity } from "#lib/detection/severity.ts";
import { SIGNALS, type Signal } from "#lib/detection/signal.ts";
import type { EntryContent, EntryState } from "./entry.ts";

export type Counts = { detections: number; alerts: number };

/** What an enforcing entry would do to a detection that its conditions match. `outside`: before its start or after its end. */
export const FATES = ["suppressed", "broke-through", "outside"] as const;
export type Fate = (typeof FATES)[number];

/** `value` is empty for all the others together. */
export type PreviewGroup = { value: string; name: string; detections: number };

/** What an entry would do to all that is stored, exactly. */
export type Preview = {
  /** All detections in the store. */
  stored: number;
  /** Whatever their time. */
  matched: Counts;
  suppressed: Counts;
  brokeThrough: Counts;
  outside: Counts;
  /** By which signals they would break through; a detection can have several. */
  signals: { signal: Signal; detections: number }[];
  /** UTC days as `2026-11-24`, those with any, in order. */
  byDay: { day: string; suppressed: number; brokeThrough: number; outside: number }[];
  byRule: PreviewGroup[];
  bySeverity: PreviewGroup[];
  byActor: PreviewGroup[];
  byImage: PreviewGroup[];
  /** The newest. */
  samples: PreviewSample[];
  /** Alerts that people judged true positive and that hold a match; the newest. */
  truePositives: { number: number; score: number; lastAt: Date }[];
  /** Other entries that decide about the same detections now. */
  overlaps: { number: number; title: string; state: EntryState; detections: number }[];
};

export type PreviewSample = {
  occurredAt: Date;
  alertNumber: number;
  severity: Severity;
  operation: string;
  actor: string | null;
  image: string | null;
  tag: string | null;
  sourceIp: string | null;
  fate: Fate;
  brokeThrough: Signal[];
};

export type PreviewDraft = Pick<EntryContent, "conditions" | "signals" | "startsAt" | "expiresAt">;

/** How many detections share a value, or a value and a fate. Everything that a preview counts is added up from such cells. */
export type PreviewCell = {
  day: string | null;
  rule_id: string | null;
  /** Place in SEVERITIES. */
  level: number | null;
  actor_id: string | null;
  image_id: string | null;
  /** The entry that decides about them now. */
  entry_id: string | null;
  signals: readonly Signal[] | null;
  fate: Fate | null;
  detections: number;
};

/** How many values of a kind are named; the others are one. */
const LISTED = 10;

export function sum(groups: readonly PreviewCell[]): number {
  return groups.reduce((total, { detections }) => total + detections, 0);
}

export function countBy(
  groups: readonly PreviewCell[],
  key: (group: PreviewCell) => string | null,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const value = key(group);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + group.detections);
  }
  return counts;
}

export function days(groups: readonly PreviewCell[]): Preview["byDay"] {
  const byDay = new Map<string, Preview["byDay"][number]>();
  for (const { day, fate: what, detections } of groups) {
    if (day === null) continue;
    const found = byDay.get(day) ?? { day, suppressed: 0, brokeThrough: 0, outside: 0 };
    byDay.set(day, found);
    if (what === "suppressed") found.suppressed += detections;
    else if (what === "outside") found.outside += detections;
    else found.brokeThrough += detections;
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

export function largest(
  groups: readonly PreviewCell[],
  key: "rule_id" | "actor_id" | "image_id",
  nameOf: (value: string) => string,
): PreviewGroup[] {
  const sorted = [...countBy(groups, (group) => group[key])].sort(
    ([a, count], [b, other]) => other - count || (a < b ? -1 : 1),
  );
  const listed = sorted
    .slice(0, LISTED)
    .map(([value, detections]) => ({ value, name: nameOf(value), detections }));
  const others = sum(groups) - listed.reduce((total, { detections }) => total + detections, 0);
  return others > 0 ? [...listed, { value: "", name: "all others", detections: others }] : listed;
}

export function severities(groups: readonly PreviewCell[]): PreviewGroup[] {
  const counts = countBy(groups, ({ level }) => (level === null ? null : (SEVERITIES[level] ?? null)));
  return [...SEVERITIES].reverse().flatMap((level) => {
    const detections = counts.get(level);
    return detections ? [{ value: level, name: level, detections }] : [];
  });
}

/** By which signals detections would break through, those that `swallowed` does not name; one can have several. */
export function signals(groups: readonly PreviewCell[], swallowed: readonly Signal[]): Preview["signals"] {
  const through = groups.filter(({ fate }) => fate === "broke-through");
  return SIGNALS.filter((signal) => !swallowed.includes(signal))
    .map((signal) => ({ signal, detections: sum(through.filter((cell) => cell.signals?.includes(signal))) }))
    .filter(({ detections }) => detections > 0)
    .sort((a, b) => b.detections - a.detections);
}
