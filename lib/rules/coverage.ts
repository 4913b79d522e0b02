import type { Rule } from "#lib/detection/rule.ts";
import type { LogSource } from "#lib/logs/normalize/event.ts";
import { GUIDED_LOGS, type GuidedLog, LOG_GUIDES, type LogGuide } from "./log-guide.ts";
import { STEP_NAMES, type Step, stepOf } from "./step.ts";

/** When a log was last told of: `lastAt` of what is live, `history` when what came was taken as history alone. */
export type LogArrival = { log: LogSource; lastAt: Date | null };

export type LogCoverage = {
  log: GuidedLog;
  guide: LogGuide;
  /** Null: nothing of it ever arrived. */
  arrival: LogArrival | null;
  /** The rules that look at it, for every step. */
  rules: readonly { step: Step; rules: readonly Rule[] }[];
  /** How many of them look nowhere else. */
  only: number;
};

/** What each log is looked at for, in the order of the guides. */
export function coverageOf(rules: readonly Rule[], arrivals: readonly LogArrival[]): LogCoverage[] {
  return GUIDED_LOGS.map((log) => {
    const looking = rules.filter((rule) => logsOf(rule).has(log));
    return {
      log,
      guide: LOG_GUIDES[log],
      arrival: arrivals.find((arrival) => arrival.log === log) ?? null,
      rules: STEP_NAMES.map((step) => ({ step, rules: looking.filter((rule) => stepOf(rule) === step) })),
      only: looking.filter((rule) => logsOf(rule).size === 1).length,
    };
  });
}

/** The logs that tell of what a rule looks for. */
function logsOf(rule: Rule): ReadonlySet<LogSource> {
  return new Set(rule.match.flatMap(({ logs }) => logs));
}
