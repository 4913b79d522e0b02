import { listAt } from "#lib/json.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { Rule } from "./rule.ts";
import { foreignParties, isAttackTool, sharedWith } from "./signal.ts";

/** From the least to the worst. */
export const SEVERITIES = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The lowest score of each level. */
export const SEVERITY_FLOORS = {
  info: 0,
  low: 20,
  medium: 40,
  high: 60,
  critical: 80,
} as const satisfies Record<Severity, number>;

export function severityOf(score: number): Severity {
  return SEVERITIES.findLast((severity) => score >= SEVERITY_FLOORS[severity]) ?? "info";
}

/** One reason for a score, as it is shown: "+30 shared with everyone". */
export type Addend = { points: number; why: string };

/** What about the single event adds to the rule's base or takes away, each with its sentence. */
const MODIFIERS: readonly (Addend & { holds: (event: LogEvent) => boolean })[] = [
  { points: 30, why: "shared with everyone", holds: (event) => sharedWith(event).includes("all") },
  {
    points: 20,
    why: "shared with another account or organisation",
    holds: (event) => foreignParties(event).length > 0,
  },
  { points: 15, why: "by the root user", holds: (event) => event.actor?.kind === "root" },
  {
    points: 25,
    why: "by the client of an attack tool",
    holds: (event) => isAttackTool(event.userAgent),
  },
  { points: 5, why: "from an external address", holds: (event) => event.isExternal === true },
  {
    points: -10,
    why: "only takes sharing away",
    holds: (event) =>
      listAt(event.details ?? undefined, "unsharedFrom").length > 0 && sharedWith(event).length === 0,
  },
  { points: -10, why: "the call failed", holds: (event) => event.outcome === "failure" },
  { points: -10, why: "a dry run", holds: (event) => event.errorCode === "Client.DryRunOperation" },
];

/** The score of a rule's detection on an event, between 0 and 100, with what it is made of. */
export function score(event: LogEvent, rule: Rule): { score: number; addends: Addend[] } {
  const modifiers = MODIFIERS.filter(({ holds }) => holds(event)).map(({ points, why }) => ({ points, why }));
  const addends = [{ points: rule.base, why: "base of the rule" }, ...modifiers];
  const sum = addends.reduce((total, { points }) => total + points, 0);
  return { score: Math.min(100, Math.max(0, sum)), addends };
}
