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
