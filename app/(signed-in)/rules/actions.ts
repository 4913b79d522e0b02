"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { applyRuleAgain, changeRule, previewRuleChange } from "#lib/ingest/commands/rule-changes.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import { REASON_LENGTH } from "#lib/rules/reason.ts";
import { ruleSettingSchema } from "#lib/rules/setting.ts";
import { authorize } from "../../_access/current-person.ts";
import type { Refusal } from "../../_access/refusal-words.ts";

export type RuleRefusal =
  | Refusal
  | "invalid-input"
  | "gone"
  | "same-already"
  | "not-looked-at"
  | "changed-meanwhile"
  | "one-is-waiting";

const ruleId = z.string().max(100);
const previewSchema = z.strictObject({ ruleId, setting: ruleSettingSchema });
const changeSchema = z.strictObject({
  ruleId,
  previewId: z.guid(),
  revision: z.int().min(0),
  reason: z.string().trim().min(REASON_LENGTH.min).max(REASON_LENGTH.max),
});

/** Queues a look at what another setting of a rule would change. Gives the run's id. */
export async function previewRuleAction(input: unknown): Promise<Outcome<string, RuleRefusal>> {
  const admin = await authorize("rules.manage");
  if (!admin.ok) return admin;
  const parsed = previewSchema.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  return await previewRuleChange(admin.value, parsed.data.ruleId, parsed.data.setting, new Date());
}

/** Sets a rule as a look has tried it. Gives the id of the run that has the store follow. */
export async function changeRuleAction(input: unknown): Promise<Outcome<string, RuleRefusal>> {
  const admin = await authorize("rules.manage");
  if (!admin.ok) return admin;
  const parsed = changeSchema.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  return await changeRule(admin.value, parsed.data, new Date());
}

export async function applyRuleAgainAction(input: unknown): Promise<Outcome<string, RuleRefusal>> {
  const admin = await authorize("rules.manage");
  if (!admin.ok) return admin;
  const parsed = ruleId.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await applyRuleAgain(admin.value, parsed.data, new Date());
  refresh();
  return outcome;
}
