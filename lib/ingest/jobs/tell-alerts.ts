import type { Transaction } from "#lib/db/client.ts";
import { findRule } from "#lib/detection/rules.ts";
import { getLastRuleChange, type RuleChange } from "#lib/rules/queries/rule-settings.ts";
import type { Redetected } from "../writer/redetect.ts";
import { noteEvidence } from "../writer/sweep-alerts.ts";
import type { ReplayJob } from "./replay-batch.ts";

/**
 * Writes into the history of alerts that people worked on what a run about a rule has made of them. Returns how many of them
 * are left without detections. Other runs tell only at their end, for what goes may yet come again.
 */
export async function tellAlerts(
  client: Transaction,
  { ruleId }: Pick<ReplayJob, "ruleId">,
  { emptied, refilled }: Redetected,
  now: Date,
): Promise<number> {
  if (ruleId === null) return 0;
  const change = await getLastRuleChange(client, ruleId);
  const back = { text: backText(ruleId, change), by: change?.personId ?? null, now };
  await noteEvidence(client, refilled, back);
  return await noteEvidence(client, emptied, { ...goneText(change), now });
}

/** Why detections that a run takes away are gone, and by whom. */
export async function whyGone(
  client: Transaction,
  { ruleId }: Pick<ReplayJob, "ruleId">,
): Promise<{ text: string; by: string | null }> {
  return goneText(ruleId === null ? null : await getLastRuleChange(client, ruleId));
}

function goneText(change: RuleChange | null): { text: string; by: string | null } {
  if (!change?.setting.isOff)
    return { text: "Read again, its records give no detection of it any more.", by: null };
  return {
    text: `The rule “${titleOf(change.ruleId)}” was switched off (change ${change.revision}): ${change.reason}`,
    by: change.personId,
  };
}

function backText(ruleId: string, change: RuleChange | null): string {
  const by = change === null ? "" : ` (change ${change.revision}): ${change.reason}`;
  return `The rule “${titleOf(ruleId)}” fires again${by}`;
}

function titleOf(ruleId: string): string {
  return findRule(ruleId)?.title ?? ruleId;
}
