import { z } from "zod";
import { pool, type Transaction } from "#lib/db/client.ts";
import type { Rule } from "#lib/detection/rule.ts";
import { rulesOf } from "#lib/detection/rules.ts";
import { env } from "#lib/env.ts";
import { type RuleSetting, type RuleSettings, ruleSettingSchema, rulesWith } from "../setting.ts";

/** Held shared by whoever stores what rules say, alone by whoever changes how a rule is set. */
export const RULES_KEY = 1_525_050;

type Reader = Pick<Transaction, "query">;

let known: { rules: readonly Rule[]; change: string; of: unknown } | undefined;

/** The rules that fire now: those that ship, as the environment and the store have them. The same list while nothing changes. */
export async function getRules(client: Reader = pool()): Promise<readonly Rule[]> {
  const change = await lastChange(client);
  if (known?.of === pool() && known.change === change) return known.rules;
  const rules = rulesWith(rulesOf(env()), await getRuleSettings(client));
  known = { rules, change, of: pool() };
  return rules;
}

/** The same, and nobody changes them until the transaction ends. Comes after `holdStore`. */
export async function holdRules(client: Transaction): Promise<readonly Rule[]> {
  await client.query("select pg_advisory_xact_lock_shared($1)", [RULES_KEY]);
  return await getRules(client);
}

/** The rules as they would be with another setting of one. */
export async function getRulesTrying(ruleId: string, setting: RuleSetting): Promise<readonly Rule[]> {
  const settings = await getRuleSettings(pool());
  return rulesWith(rulesOf(env()), new Map([...settings, [ruleId, setting]]));
}

/** Named by its id and not by its number: of two stores both may have a first. */
async function lastChange(client: Reader): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    "select id from rule_change order by revision desc limit 1",
  );
  return rows[0]?.id ?? "none";
}

const rowsSchema = z.array(
  z
    .object({ rule_id: z.string(), is_off: z.boolean(), base: z.int().nullable() })
    .transform(
      ({ rule_id, is_off, base }) => [rule_id, ruleSettingSchema.parse({ isOff: is_off, base })] as const,
    ),
);

/** How rules are set that ever were set otherwise than they ship. */
export async function getRuleSettings(client: Reader = pool()): Promise<RuleSettings> {
  const { rows } = await client.query(
    "select distinct on (rule_id) rule_id, is_off, base from rule_change order by rule_id, revision desc",
  );
  return new Map(rowsSchema.parse(rows));
}
