import type { Metadata } from "next";
import { RULES } from "#lib/detection/rules.ts";
import { numbersFrom } from "#lib/rules/numbers.ts";
import { getRuleSettings } from "#lib/rules/queries/in-force.ts";
import { countByRule } from "#lib/rules/queries/rule-numbers.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { RulesTables } from "./_components/rules-tables.tsx";
import { RulesTabs } from "./_components/rules-tabs.tsx";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage() {
  await requirePermission("rules.read");
  const now = new Date();
  const [numbers, settings] = await Promise.all([countByRule(now), getRuleSettings()]);
  const off = [...settings.values()].filter(({ isOff }) => isOff).length;
  return (
    <>
      <PageHeader title="Rules">
        <span className="secondary">
          {RULES.length} rules{off > 0 ? `, ${off} switched off` : ""}
        </span>
      </PageHeader>
      <RulesTabs here="rules" />
      <RulesTables rules={RULES} numbers={numbers} settings={settings} since={numbersFrom(now)} now={now} />
    </>
  );
}
