import type { Metadata } from "next";
import { Suspense } from "react";
import { may } from "#lib/access/permission.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { Entries } from "./_components/entries.tsx";
import { LinkButton } from "./_components/link-button.tsx";
import { SuggestionList } from "./_components/suggestion-list.tsx";
import { WatchList } from "./_components/watch-list.tsx";
import { readView } from "./search-params.ts";

export const metadata: Metadata = { title: "Allowlist" };

export default async function AllowlistPage({ searchParams }: PageProps<"/allowlist">) {
  const person = await requirePermission("allowlist.read");
  const view = readView((await searchParams).view);
  const [now, zone] = [new Date(), await readerZone()];
  const mayDraft = may(person, "allowlist.draft");
  return (
    <>
      <PageHeader title="Allowlist">
        {mayDraft ? (
          <LinkButton href="/allowlist/new" size="xs" isPrimary>
            New entry
          </LinkButton>
        ) : null}
      </PageHeader>
      <Suspense fallback={null}>
        <SuggestionList mayDraft={mayDraft} />
      </Suspense>
      <Entries view={view} zone={zone} now={now} />
      <WatchList mayManage={may(person, "watchlist.manage")} zone={zone} now={now} />
    </>
  );
}
