import type { Metadata } from "next";
import { Suspense } from "react";
import { parseAlertFilter } from "#lib/triage/parse-alert-filter.ts";
import { countAlertsByQueue } from "#lib/triage/queries/alert-queues.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { FirstSteps } from "../settings/_first-steps/first-steps.tsx";
import { ActiveFilters } from "./_components/active-filters.tsx";
import { AlertCount } from "./_components/alert-count.tsx";
import { FacetPanel } from "./_components/facet-panel.tsx";
import { FacetSwitch } from "./_components/facet-toggle.tsx";
import { Facets } from "./_components/facets.tsx";
import { FilterBar } from "./_components/filter-bar.tsx";
import classes from "./_components/layout.module.css";
import { Queue } from "./_components/queue.tsx";
import { QueueSkeleton } from "./_components/queue-skeleton.tsx";
import { QueueTabs, Tabs } from "./_components/queue-tabs.tsx";
import { alertsHref } from "./search-params.ts";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const person = await requirePermission("alerts.read");
  const params = await searchParams;
  const filter = parseAlertFilter(params, person.id);
  const cursor = typeof params.page === "string" ? params.page : undefined;
  const [now, zone] = [new Date(), await readerZone()];
  const key = alertsHref(filter);
  const counts = countAlertsByQueue(filter, now);
  return (
    <>
      <PageHeader title="Alerts">
        <Suspense key={key} fallback={<span className="secondary">counting…</span>}>
          <AlertCount filter={filter} counts={counts} />
        </Suspense>
      </PageHeader>
      <Suspense>
        <FirstSteps person={person} />
      </Suspense>
      <Suspense key={`tabs ${key}`} fallback={<Tabs filter={filter} />}>
        <QueueTabs filter={filter} counts={counts} />
      </Suspense>
      <FacetSwitch>
        <FilterBar key={`bar ${key}`} filter={filter} zone={zone} />
        <ActiveFilters filter={filter} zone={zone} now={now} />
        <div className={classes.columns}>
          <FacetPanel>
            <Suspense fallback={<p className="secondary">counting…</p>}>
              <Facets filter={filter} now={now} />
            </Suspense>
          </FacetPanel>
          <Suspense key={`${key} ${cursor}`} fallback={<QueueSkeleton />}>
            <Queue person={person} filter={filter} counts={counts} cursor={cursor} zone={zone} now={now} />
          </Suspense>
        </div>
      </FacetSwitch>
    </>
  );
}
