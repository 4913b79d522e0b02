import type { Metadata } from "next";
import { RULES } from "#lib/detection/rules.ts";
import { coverageOf } from "#lib/rules/coverage.ts";
import { getRuleSettings } from "#lib/rules/queries/in-force.ts";
import { listLogArrivals } from "#lib/rules/queries/log-arrivals.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import { CoverageTable } from "../_components/coverage-table.tsx";
import { RulesTabs } from "../_components/rules-tabs.tsx";

export const metadata: Metadata = { title: "Coverage" };

export default async function CoveragePage() {
  await requirePermission("rules.read");
  const [arrivals, settings, zone] = await Promise.all([listLogArrivals(), getRuleSettings(), readerZone()]);
  const coverage = coverageOf(RULES, arrivals, settings);
  const seen = coverage.filter(({ arrival }) => arrival !== null).length;
  return (
    <>
      <PageHeader title="Rules">
        <span className="secondary">
          {seen} of {coverage.length} logs have arrived
        </span>
      </PageHeader>
      <RulesTabs here="coverage" />
      <CoverageTable coverage={coverage} zone={zone} now={new Date()} />
    </>
  );
}
