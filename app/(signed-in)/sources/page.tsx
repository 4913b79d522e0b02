import type { Metadata } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import { listConnections } from "#lib/sumo/queries/connections.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { PageHeader } from "../../_ui/page-header.tsx";
import { readerZone } from "../../_ui/zone.ts";
import { LinkButton } from "../allowlist/_components/link-button.tsx";
import { ConnectionsTable } from "./_components/connections-table.tsx";
import { KeepFresh } from "./_components/keep-fresh.tsx";
import { NoConnections } from "./_components/no-connections.tsx";
import classes from "./_components/sources.module.css";
import { Feeds } from "./_feeds/feeds.tsx";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage({ searchParams }: PageProps<"/sources">) {
  const person = await requirePermission("sources.read");
  const now = new Date();
  const [connections, zone, { feeds }] = await Promise.all([
    listConnections(now),
    readerZone(),
    searchParams,
  ]);
  const mayManage = may(person, "sources.manage");
  return (
    <>
      <PageHeader title="Sources">
        {may(person, "tokens.manage") ? (
          <LinkButton href="/sources/tokens" size="xs">
            Tokens
          </LinkButton>
        ) : null}
        {mayManage && connections.length > 0 ? (
          <LinkButton href="/sources/new" size="xs" isPrimary>
            Connect Sumo Logic
          </LinkButton>
        ) : null}
      </PageHeader>
      <p className={classes.others}>
        Files that people upload, and programs that deliver with a token, are sources too. What each delivery
        brought is among the <Link href="/imports">imports</Link>.
      </p>
      {connections.length === 0 ? (
        <NoConnections mayManage={mayManage} />
      ) : (
        <ConnectionsTable connections={connections} zone={zone} now={now} />
      )}
      <Feeds isAll={feeds === "all"} mayManage={mayManage} now={now} />
      <KeepFresh everyMs={10_000} />
    </>
  );
}
