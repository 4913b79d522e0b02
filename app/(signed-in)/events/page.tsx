import type { Metadata } from "next";
import { Suspense } from "react";
import { parseEventFilter } from "#lib/events/parse-event-filter.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { ActiveFilters } from "./_components/active-filters.tsx";
import { EventCount } from "./_components/event-count.tsx";
import { EventsBar } from "./_components/events-bar.tsx";
import { EventsWithPanel } from "./_components/events-with-panel.tsx";
import { EVENTS_PAGE, eventsHref } from "./search-params.ts";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: PageProps<"/events">) {
  await requirePermission("events.read");
  const [params, zone, now] = [await searchParams, await readerZone(), new Date()];
  const filter = parseEventFilter(params);
  const list = { base: EVENTS_PAGE, filter, zone, now };
  const key = eventsHref(EVENTS_PAGE, filter);
  return (
    <>
      <PageHeader title="Events">
        <Suspense key={key} fallback={<span className="secondary">counting…</span>}>
          <EventCount {...list} />
        </Suspense>
      </PageHeader>
      <EventsBar key={`bar ${key}`} {...list} />
      <ActiveFilters {...list} />
      <EventsWithPanel {...list} params={params} />
    </>
  );
}
