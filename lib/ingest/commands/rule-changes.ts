import { randomUUID } from "node:crypto";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { findRule } from "#lib/detection/rules.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { RULES_KEY } from "#lib/rules/queries/in-force.ts";
import { getRuleSetting } from "#lib/rules/queries/rule-settings.ts";
import { isSameSetting, type RuleSetting, ruleSettingSchema, settingFor } from "#lib/rules/setting.ts";
import { addRun } from "./replays.ts";

const SCOPE = { scope: { kind: "everything" }, from: "detect" } as const;

/** Queues a run that says what another setting of a rule would change. Gives its id, for `getReplay`. */
export async function previewRuleChange(
  person: { id: string },
  ruleId: string,
  wanted: RuleSetting,
  now: Date,
): Promise<Outcome<string, "gone" | "same-already">> {
  const rule = findRule(ruleId);
  if (!rule) return failure("gone");
  const trying = settingFor(rule, wanted);
  return await inTransaction(async (client) => {
    const { setting } = await getRuleSetting(ruleId, client);
    if (isSameSetting(setting, trying)) return failure("same-already");
    return success(
      await addRun(client, { ...SCOPE, rule: { id: ruleId, trying }, dryRun: true }, person, now),
    );
  });
}

/** What a preview has shown, to be made so. `revision`: of the rule's setting as it was seen. */
export type RuleChanging = { ruleId: string; previewId: string; revision: number; reason: string };

/**
 * Sets a rule as a preview that is done has tried it. What is stored from then on is by the new setting; what is stored
 * already follows in the worker: gives the id of that run.
 */
export async function changeRule(
  person: { id: string },
  { ruleId, previewId, revision, reason }: RuleChanging,
  now: Date,
): Promise<Outcome<string, "gone" | "not-looked-at" | "same-already" | "changed-meanwhile">> {
  return await inTransaction(async (client) => {
    const tried = await triedBy(client, previewId, ruleId);
    if (!tried.ok) return tried;
    // Waits for the batches that store what the rules say, and has the next ones wait until it is over.
    await client.query("select pg_advisory_xact_lock($1)", [RULES_KEY]);
    const before = await getRuleSetting(ruleId, client);
    if (before.revision !== revision) return failure("changed-meanwhile");
    const after = tried.value;
    if (isSameSetting(before.setting, after)) return failure("same-already");
    await client.query(
      `insert into rule_change (id, revision, rule_id, is_off, base, was_off, base_before, reason, person_id, at)
       select $1, coalesce(max(revision), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9 from rule_change`,
      [
        randomUUID(),
        ruleId,
        after.isOff,
        after.base,
        before.setting.isOff,
        before.setting.base,
        storable(reason),
        person.id,
        now,
      ],
    );
    return success(await addApplying(client, ruleId, person, now));
  });
}

/** Has the stored events follow the setting in force once more, after a run that did not come to its end. */
export async function applyRuleAgain(
  person: { id: string },
  ruleId: string,
  now: Date,
): Promise<Outcome<string, "gone" | "one-is-waiting">> {
  if (!findRule(ruleId)) return failure("gone");
  return await inTransaction(async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [RULES_KEY]);
    const { rowCount } = await client.query(
      "select 1 from replay_run where rule_id = $1 and not dry_run and state in ('queued', 'running') limit 1",
      [ruleId],
    );
    if (rowCount) return failure("one-is-waiting");
    return success(await addApplying(client, ruleId, person, now));
  });
}

async function addApplying(
  client: Transaction,
  ruleId: string,
  person: { id: string },
  now: Date,
): Promise<string> {
  return await addRun(client, { ...SCOPE, rule: { id: ruleId, trying: null }, dryRun: false }, person, now);
}

async function triedBy(
  client: Transaction,
  previewId: string,
  ruleId: string,
): Promise<Outcome<RuleSetting, "gone" | "not-looked-at">> {
  const { rows } = await client.query<{ state: string; rule_setting: unknown }>(
    "select state, rule_setting from replay_run where id = $1 and rule_id = $2 and dry_run",
    [previewId, ruleId],
  );
  const [row] = rows;
  if (!row || !findRule(ruleId)) return failure("gone");
  if (row.state !== "done") return failure("not-looked-at");
  return success(ruleSettingSchema.parse(row.rule_setting));
}
