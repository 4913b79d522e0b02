import { z } from "zod";
import { pool, type Transaction } from "#lib/db/client.ts";
import { AS_SHIPPED, type RuleSetting, ruleSettingSchema } from "../setting.ts";

/** What somebody made of a rule, and why. */
export type RuleChange = {
  revision: number;
  ruleId: string;
  setting: RuleSetting;
  before: RuleSetting;
  reason: string;
  personId: string | null;
  /** Null where nobody of that id is left. */
  by: string | null;
  at: Date;
};

/** All changes of a rule, the last first. */
export async function listRuleChanges(ruleId: string): Promise<RuleChange[]> {
  return await listChanges(pool(), "where rule_id = $1", [ruleId]);
}

/** How a rule is set, and by which change: 0 where it is as it ships and always was. */
export async function getRuleSetting(
  ruleId: string,
  client: Pick<Transaction, "query"> = pool(),
): Promise<{ setting: RuleSetting; revision: number }> {
  return (await getLastRuleChange(client, ruleId)) ?? { setting: AS_SHIPPED, revision: 0 };
}

export async function getLastRuleChange(
  client: Pick<Transaction, "query">,
  ruleId: string,
): Promise<RuleChange | null> {
  const [last] = await listChanges(
    client,
    "where revision = (select max(revision) from rule_change where rule_id = $1)",
    [ruleId],
  );
  return last ?? null;
}

const rowsSchema = z.array(
  z
    .object({
      revision: z.int(),
      rule_id: z.string(),
      is_off: z.boolean(),
      base: z.int().nullable(),
      was_off: z.boolean(),
      base_before: z.int().nullable(),
      reason: z.string(),
      person_id: z.string().nullable(),
      by: z.string().nullable(),
      at: z.date(),
    })
    .transform(
      (row): RuleChange => ({
        revision: row.revision,
        ruleId: row.rule_id,
        setting: ruleSettingSchema.parse({ isOff: row.is_off, base: row.base }),
        before: ruleSettingSchema.parse({ isOff: row.was_off, base: row.base_before }),
        reason: row.reason,
        personId: row.person_id,
        by: row.by,
        at: row.at,
      }),
    ),
);

/** `where` is SQL of ours. */
async function listChanges(
  client: Pick<Transaction, "query">,
  where: string,
  values: unknown[] = [],
): Promise<RuleChange[]> {
  const { rows } = await client.query(
    `select revision, rule_id, is_off, base, was_off, base_before, reason, person_id, person.name as by, at
     from rule_change left join person on person.id = person_id ${where} order by revision desc`,
    values,
  );
  return rowsSchema.parse(rows);
}
