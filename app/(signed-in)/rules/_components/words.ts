import type { Rule } from "#lib/detection/rule.ts";
import { severityOf } from "#lib/detection/severity.ts";
import type { ReplayCounts } from "#lib/ingest/replay.ts";
import { replaySentence } from "#lib/ingest/replay-sentence.ts";
import { REASON_LENGTH } from "#lib/rules/reason.ts";
import type { RuleSetting } from "#lib/rules/setting.ts";
import { REFUSAL_WORDS } from "../../../_access/refusal-words.ts";
import type { RuleRefusal } from "../actions.ts";

const REFUSALS = {
  ...REFUSAL_WORDS,
  "invalid-input": `A base severity is a number from 0 to 100, and a reason has at least ${REASON_LENGTH.min} characters.`,
  gone: "This rule, or the look at what would change, is no longer there.",
  "same-already": "It is set so already.",
  "not-looked-at": "What would change has not been looked at to the end.",
  "changed-meanwhile": "Somebody has changed this rule meanwhile. Reload the page to see how it stands now.",
  "one-is-waiting": "It is being applied already.",
} as const satisfies Record<RuleRefusal, string>;

export function ruleRefusalSentence(refusal: RuleRefusal): string {
  return REFUSALS[refusal];
}

/** How a rule is set: "switched off", "on, with a base of 55 (medium)". */
export function settingWords({ isOff, base }: RuleSetting, rule: Pick<Rule, "base">): string {
  if (isOff) return "switched off";
  return base === null
    ? `on, with the base that ships: ${baseWords(rule.base)}`
    : `on, with a base of ${baseWords(base)} instead of ${baseWords(rule.base)}`;
}

function baseWords(base: number): string {
  return `${base} (${severityOf(base)})`;
}

/** What a change did: "switched it off", "gave it a base of 55 (medium)". */
export function changeWords(before: RuleSetting, after: RuleSetting): string {
  const parts: string[] = [];
  if (before.isOff !== after.isOff) parts.push(after.isOff ? "switched it off" : "switched it on");
  if (before.base !== after.base)
    parts.push(
      after.base === null ? "gave it back the base that ships" : `gave it a base of ${baseWords(after.base)}`,
    );
  return parts.join(" and ");
}

/** What a run about a rule found or did: of events only their detections change. */
export function ruleRunSentence(counts: ReplayCounts, dryRun: boolean): string {
  return replaySentence({ ...counts, changed: 0 }, dryRun);
}

/** What trying a setting looks at, as a title: "Switching it off". */
export function tryingWords(setting: RuleSetting, before: RuleSetting): string {
  if (setting.isOff) return "Switching it off";
  if (before.isOff && setting.base === null) return "Switching it on";
  const base = setting.base === null ? "the base that ships" : `a base of ${baseWords(setting.base)}`;
  return before.isOff ? `Switching it on with ${base}` : `Giving it ${base}`;
}
