import type { SumoProblemReason } from "./problem.ts";

/** `waiting`: nothing is wrong that does not mend itself. `bad`: somebody has to look. */
export type HealthState = "well" | "waiting" | "bad" | "disabled";

/** What the health of a connection is told from. */
export type Standing = {
  enabled: boolean;
  everyMinutes: number;
  lastSuccessAt: Date | null;
  /** Up to when everything that Sumo received is here. */
  reachesTo: Date;
  failures: number;
  problem: { reason: string; detail: string } | null;
  gaps: number;
};

const MINUTE_MS = 60_000;

/** Of so many failed runs one after another somebody should know, though it may mend itself. */
const MANY_FAILURES = 3;

/** Behind by more intervals than this a connection does not keep up. */
const LATE_INTERVALS = 3;

/** Nothing that takes care of itself keeps a connection from coming further for so long. */
const STANDSTILL_MS = 60 * MINUTE_MS;

/** Problems that end without anybody doing anything, or never were one. */
const PASSING: ReadonlySet<string> = new Set<SumoProblemReason>([
  "unreachable",
  "timeout",
  "rate-limited",
  "internal-error",
  "unavailable",
  "unauthorized",
  "stopped",
]);

/** How far behind the logs in Barnacle are, in milliseconds. */
export function lagOf({ reachesTo }: Pick<Standing, "reachesTo">, now: Date): number {
  return Math.max(0, now.getTime() - reachesTo.getTime());
}

export function healthOf(standing: Standing, now: Date): { state: HealthState; sentence: string } {
  const { enabled, problem, failures, gaps, lastSuccessAt, everyMinutes } = standing;
  if (!enabled) return { state: "disabled", sentence: "Nothing is pulled until somebody enables it." };
  if (problem) {
    const isPassing = PASSING.has(problem.reason) && failures < MANY_FAILURES;
    const runs = failures === 1 ? "The last run failed" : `The last ${failures} runs failed`;
    return {
      state: isPassing ? "waiting" : "bad",
      sentence: isPassing ? `${runs}; it is tried again.` : `${runs}.`,
    };
  }
  if (gaps > 0) {
    const are = gaps === 1 ? "There is 1 gap" : `There are ${gaps.toLocaleString("en-GB")} gaps`;
    return { state: "bad", sentence: `${are}: messages are missing.` };
  }
  if (!lastSuccessAt) return { state: "waiting", sentence: "Nothing has been pulled yet." };
  const lateMs = (LATE_INTERVALS * everyMinutes + 2) * MINUTE_MS;
  if (lagOf(standing, now) <= lateMs) return { state: "well", sentence: "All is pulled." };
  return now.getTime() - lastSuccessAt.getTime() > lateMs + STANDSTILL_MS
    ? { state: "bad", sentence: "It is behind, and does not come further: see that the worker runs." }
    : { state: "waiting", sentence: "It is behind, and catching up." };
}
