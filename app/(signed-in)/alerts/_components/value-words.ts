import { findRule } from "#lib/detection/rules.ts";
import { SIGNAL_WORDS, type Signal } from "#lib/detection/signal.ts";
import type { AddressClass, EventOutcome, Platform } from "#lib/logs/normalize/event.ts";
import type { AlertStatus, Verdict } from "#lib/triage/alert.ts";
import type { ChoiceKey } from "#lib/triage/alert-filter.ts";
import { VERDICT_WORDS } from "./triage-words.ts";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS, STATUS_WORDS } from "./words.ts";

/** How a filter's value is written for people. `name` is what the value stands for, where it is an id. */
export function valueWords(key: ChoiceKey, value: string, name: string): string {
  switch (key) {
    case "platform":
      return PLATFORM_WORDS[value as Platform] ?? value;
    case "outcome":
      return OUTCOME_WORDS[value as EventOutcome] ?? value;
    case "class":
      return CLASS_WORDS[value as AddressClass] ?? value;
    case "status":
      return STATUS_WORDS[value as AlertStatus] ?? value;
    case "verdict":
      return VERDICT_WORDS[value as Verdict]?.words ?? value;
    case "signal":
      return SIGNAL_WORDS[value as Signal] ?? value;
    case "rule":
      return findRule(value)?.title ?? value;
    default:
      return name;
  }
}
