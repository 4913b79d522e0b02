import { z } from "zod";
import type { Rule } from "#lib/detection/rule.ts";

/** What an organisation makes of a rule. */
export const ruleSettingSchema = z.strictObject({
  isOff: z.boolean(),
  /** Stands for the base severity that ships; null: that counts. */
  base: z.int().min(0).max(100).nullable(),
});
export type RuleSetting = z.infer<typeof ruleSettingSchema>;

/** By the id of the rule. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

export const AS_SHIPPED: RuleSetting = { isOff: false, base: null };

/** A base that is the one that ships is no override, and stays none when another ships. */
export function settingFor({ base }: Pick<Rule, "base">, wanted: RuleSetting): RuleSetting {
  return wanted.base === base ? { ...wanted, base: null } : wanted;
}

export function isSameSetting(one: RuleSetting, other: RuleSetting): boolean {
  return one.isOff === other.isOff && one.base === other.base;
}

/** The rules that fire, with the base that each has. The same list where nothing is set. */
export function rulesWith(rules: readonly Rule[], settings: RuleSettings): readonly Rule[] {
  if (![...settings.values()].some((setting) => !isSameSetting(setting, AS_SHIPPED))) return rules;
  return rules.flatMap((rule) => {
    const { isOff, base } = settings.get(rule.id) ?? AS_SHIPPED;
    if (isOff) return [];
    return base === null ? [rule] : [{ ...rule, base }];
  });
}
