import type { Metadata } from "next";
import { parseTrendsFilter } from "#lib/trends/parse-trends-filter.ts";
import { periodOf } from "#lib/trends/period.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { ActiveFilters } from "./_components/active-filters.tsx";
import { Charts } from "./_components/charts.tsx";
import { Hatch } from "./_components/hatch.tsx";
import classes from "./_components/layout.module.css";
import { PeriodSentence } from "./_components/period-sentence.tsx";
import { TrendsBar } from "./_components/trends-bar.tsx";
import { trendsHref } from "./search-params.ts";

export const metadata: Metadata = { title: "Trends" };

export default async function TrendsPage({ searchParams }: PageProps<"/trends">) {
  const person = await requirePermission("trends.read");
  const [params, zone] = await Promise.all([searchParams, readerZone()]);
  const filter = parseTrendsFilter(params, { personId: person.id, zone });
  const now = new Date();
  const period = periodOf(filter, now);
  // Numbers that are opened leave all others where they are.
  const key = trendsHref(filter, { tables: [] });
  return (
    <div className={classes.page}>
      <PageHeader title="Trends">
        <PeriodSentence period={period} now={now} />
      </PageHeader>
      <TrendsBar key={`bar ${key}`} filter={filter} period={period} />
      <ActiveFilters filter={filter} />
      <Hatch />
      <Charts key={key} filter={filter} period={period} now={now} />
    </div>
  );
}
