import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { findRule } from "#lib/detection/rules.ts";
import { getReplay } from "#lib/ingest/queries/replays.ts";
import { getRuleSetting } from "#lib/rules/queries/rule-settings.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { readerZone } from "../../../../_ui/zone.ts";
import { ruleHref } from "../../search-params.ts";
import { RulePreview } from "./_components/rule-preview.tsx";
import { SettingForm } from "./_components/setting-form.tsx";

export const metadata: Metadata = { title: "Change a rule" };

type Props = PageProps<"/rules/[ruleId]/change">;

export default async function ChangeRulePage({ params, searchParams }: Props) {
  await requirePermission("rules.manage");
  const [{ ruleId }, { run: asked }, zone] = await Promise.all([params, searchParams, readerZone()]);
  const rule = findRule(ruleId);
  if (!rule) notFound();
  const runId = z.guid().safeParse(asked);
  const [current, found] = await Promise.all([
    getRuleSetting(ruleId),
    runId.success ? getReplay(runId.data) : null,
  ]);
  const run = found?.ruleId === ruleId && found.ruleSetting ? found : null;
  const tried = run?.ruleSetting ?? current.setting;
  return (
    <>
      <FormHeader
        title={`Change “${rule.title}”`}
        path={[RULES_PLACE, { name: rule.title, href: ruleHref(ruleId) }]}
      />
      <SettingForm key={run?.id ?? "none"} ruleId={ruleId} shipped={rule.base} initial={tried} />
      {run ? <RulePreview run={run} current={current} zone={zone} now={new Date()} /> : null}
    </>
  );
}

const RULES_PLACE = { name: "Rules", href: "/rules" } as const;
