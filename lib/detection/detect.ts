import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { Organisation } from "#lib/organisation/organisation.ts";
import { type AlertKey, alertKey } from "./alert-key.ts";
import type { Addend } from "./points.ts";
import type { Rule } from "./rule.ts";
import { rulesFor } from "./rule-index.ts";
import { scoreOf } from "./score.ts";
import { ownSignals, type Signal } from "./signal.ts";

/** One event that matches one rule. */
export type Detection = {
  event: LogEvent;
  rule: Rule;
  alert: AlertKey;
  /** By itself, 0 to 100. */
  score: number;
  addends: Addend[];
  /** Those that the event carries by itself. */
  signals: Signal[];
};

/** What detection is told besides events. */
export type DetectionSettings = { rules: readonly Rule[]; organisation: Organisation };

/** The detections of an event, in the order of the rules, as the organisation sees it. */
export function detect(event: LogEvent, { rules, organisation }: DetectionSettings): Detection[] {
  const looking = rulesFor(event, rules);
  if (looking.length === 0) return [];
  const firing = looking.filter(({ when }) => when === undefined || when(event, organisation));
  if (firing.length === 0) return [];
  const signals = ownSignals(event, organisation);
  return firing.map((rule) => ({
    event,
    rule,
    alert: alertKey(event, rule.family),
    ...scoreOf(event, rule, organisation),
    signals,
  }));
}
