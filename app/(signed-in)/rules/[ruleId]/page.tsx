import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findRule } from "#lib/detection/rules.ts";
import { NO_NUMBERS } from "#lib/rules/numbers.ts";
import { countByRule } from "#lib/rules/queries/rule-numbers.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { RuleView } from "../_components/rule-view.tsx";

export async function generateMetadata({ params }: PageProps<"/rules/[ruleId]">): Promise<Metadata> {
  return { title: findRule((await params).ruleId)?.title ?? "Rule" };
}

export default async function RulePage({ params }: PageProps<"/rules/[ruleId]">) {
  await requirePermission("rules.read");
  const rule = findRule((await params).ruleId);
  if (!rule) notFound();
  const now = new Date();
  const numbers = await countByRule(now);
  return (
    <>
      <PageHeader title={rule.title} />
      <RuleView rule={rule} numbers={numbers.get(rule.id) ?? NO_NUMBERS} now={now} />
    </>
  );
}
