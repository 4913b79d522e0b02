import type { Rule } from "#lib/detection/rule.ts";
import type { LogSource } from "#lib/logs/normalize/event.ts";
import { GUIDED_LOGS, type GuidedLog, LOG_GUIDES, type LogGuide } from "./log-guide.ts";
import type { RuleSettings } from "./setting.ts";
import { STEP_NAMES, type Step, stepOf } from "./step.ts";

/** When a log was last told of: `lastAt` of what is live, `history` when what came was taken as history alone. */
export type LogArrival = { log: LogSource; lastAt: Date | null };

export type LogCoverage = {
  log: GuidedLog;
  guide: LogGuide;
  /** Null: nothing of it ever arrived. */
  arrival: LogArrival | null;
  /** The rules that look at it, for every step; apart, those that would, were they not switched off. */
  rules: readonly { step: Step; rules: readonly Rule[]; off: readonly Rule[] }[];
  /** How many that are on look nowhere else. */
  only: number;
};

/** What each log is looked at for, in the order of the guides. */
export function coverageOf(
  rules: readonly Rule[],
  arrivals: readonly LogArrival[],
  settings: RuleSettings,
): LogCoverage[] {
  const isOff = ({ id }: Rule) => settings.get(id)?.isOff === true;
  return GUIDED_LOGS.map((log) => {
    const looking = rules.filter((rule) => logsOf(rule).has(log));
    return {
      log,
      guide: LOG_GUIDES[log],
      arrival: arrivals.find((arrival) => arrival.log === log) ?? null,
      rules: STEP_NAMES.map((step) => {
        const own = looking.filter((rule) => stepOf(rule) === step);
        return { step, rules: own.filter((rule) => !isOff(rule)), off: own.filter(isOff) };
      }),
      only: looking.filter((rule) => !isOff(rule) && logsOf(rule).size === 1).length,
    };
  });
}

/** The logs that tell of what a rule looks for. */
function logsOf(rule: Rule): ReadonlySet<LogSource> {
  return new Set(rule.match.flatMap(({ logs }) => logs));
}
