import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { type AlertKey, alertKey } from "./alert-key.ts";
import type { Condition, Rule } from "./rule.ts";
import { type Addend, score } from "./severity.ts";

/** One event that matches one rule. */
export type Detection = {
  event: LogEvent;
  rule: Rule;
  alert: AlertKey;
  /** 0 to 100. */
  score: number;
  addends: Addend[];
};

/** The detections of an event, in the order of the rules. */
export function detect(event: LogEvent, rules: readonly Rule[]): Detection[] {
  return rules
    .filter((rule) => fires(rule, event))
    .map((rule) => ({ event, rule, alert: alertKey(event, rule.family), ...score(event, rule) }));
}

function fires({ match, unless }: Rule, event: LogEvent): boolean {
  return (
    match.platform === event.platform &&
    (match.service === undefined || holds(match.service, event.service)) &&
    holds(match.operation, event.operation) &&
    !(unless && holds(unless.operation, event.operation))
  );
}

function holds(condition: Condition, text: string | null): boolean {
  if (text === null) return false;
  if (Array.isArray(condition)) return condition.includes(text);
  const lower = text.toLowerCase();
  return condition.contains.some((part) => lower.includes(part));
}
