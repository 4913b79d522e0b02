import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { may } from "#lib/access/permission.ts";
import { findRule } from "#lib/detection/rules.ts";
import { getRunOfRule } from "#lib/ingest/queries/replays.ts";
import { NO_NUMBERS } from "#lib/rules/numbers.ts";
import { countByRule } from "#lib/rules/queries/rule-numbers.ts";
import { listRuleChanges } from "#lib/rules/queries/rule-settings.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import { RuleView } from "../_components/rule-view.tsx";
import { RuleHistory } from "./_components/rule-history.tsx";
import { RuleStanding } from "./_components/rule-standing.tsx";

export async function generateMetadata({ params }: PageProps<"/rules/[ruleId]">): Promise<Metadata> {
  return { title: findRule((await params).ruleId)?.title ?? "Rule" };
}

export default async function RulePage({ params }: PageProps<"/rules/[ruleId]">) {
  const person = await requirePermission("rules.read");
  const rule = findRule((await params).ruleId);
  if (!rule) notFound();
  const when = { now: new Date(), zone: await readerZone() };
  const [numbers, changes, run] = await Promise.all([
    countByRule(when.now),
    listRuleChanges(rule.id),
    getRunOfRule(rule.id),
  ]);
  const standing = { rule, change: changes[0] ?? null, run, mayManage: may(person, "rules.manage") };
  return (
    <>
      <PageHeader title={rule.title} />
      <RuleStanding {...standing} {...when} />
      <RuleView rule={rule} numbers={numbers.get(rule.id) ?? NO_NUMBERS} now={when.now} />
      <RuleHistory changes={changes} {...when} />
    </>
  );
}
