import type { Metadata } from "next";
import { Suspense } from "react";
import { parseActorFilter } from "#lib/actors/parse-actor-filter.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { ActiveFilters } from "./_components/active-filters.tsx";
import { ActorCount, Actors } from "./_components/actors.tsx";
import { ActorsBar } from "./_components/actors-bar.tsx";
import { actorsHref } from "./search-params.ts";

export const metadata: Metadata = { title: "Actors" };

export default async function ActorsPage({ searchParams }: PageProps<"/actors">) {
  await requirePermission("actors.read");
  const params = await searchParams;
  const filter = parseActorFilter(params);
  const cursor = typeof params.page === "string" ? params.page : undefined;
  const [now, zone] = [new Date(), await readerZone()];
  const key = actorsHref(filter);
  return (
    <>
      <PageHeader title="Actors">
        <Suspense key={key} fallback={<span className="secondary">counting…</span>}>
          <ActorCount filter={filter} now={now} />
        </Suspense>
      </PageHeader>
      <ActorsBar key={`bar ${key}`} filter={filter} zone={zone} />
      <ActiveFilters filter={filter} zone={zone} now={now} />
      <Suspense key={`${key} ${cursor}`} fallback={<p className="visually-hidden">Loading actors…</p>}>
        <Actors filter={filter} cursor={cursor} zone={zone} now={now} />
      </Suspense>
    </>
  );
}
