import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { type AlertKey, alertKey } from "./alert-key.ts";
import type { Addend } from "./points.ts";
import type { Rule } from "./rule.ts";
import { rulesFor } from "./rule-index.ts";
import { scoreOf } from "./score.ts";

/** One event that matches one rule. */
export type Detection = {
  event: LogEvent;
  rule: Rule;
  alert: AlertKey;
  /** By itself, 0 to 100. */
  score: number;
  addends: Addend[];
};

/** The detections of an event, in the order of the rules. */
export function detect(event: LogEvent, rules: readonly Rule[]): Detection[] {
  const looking = rulesFor(event, rules);
  if (looking.length === 0) return [];
  return looking
    .filter(({ when }) => when === undefined || when(event))
    .map((rule) => ({ event, rule, alert: alertKey(event, rule.family), ...scoreOf(event, rule) }));
}
