import type { Metadata, Route } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import { listImports } from "#lib/ingest/queries.ts";
import { requirePermission } from "../../_access/current-person.ts";
import { Notice } from "../../_ui/notice.tsx";
import { PageHeader } from "../../_ui/page-header.tsx";
import lines from "../../_ui/table.module.css";
import { readerZone } from "../../_ui/zone.ts";
import { LinkButton } from "../allowlist/_components/link-button.tsx";
import { ImportsTable } from "./_components/imports-table.tsx";
import { UploadSection } from "./_components/upload-section.tsx";
import { WaitingImports } from "./_components/waiting-imports.tsx";

export const metadata: Metadata = { title: "Imports" };

export default async function ImportsPage({ searchParams }: PageProps<"/imports">) {
  const person = await requirePermission("imports.read");
  const { page } = await searchParams;
  const [{ rows, older }, zone] = await Promise.all([
    listImports(typeof page === "string" ? page : undefined),
    readerZone(),
  ]);
  return (
    <>
      <PageHeader title="Imports">
        <LinkButton href="/imports/mappings" size="xs">
          Mappings
        </LinkButton>
        <LinkButton href="/imports/rejected" size="xs">
          Rejected records
        </LinkButton>
        <LinkButton href="/imports/replays" size="xs">
          Replays
        </LinkButton>
        <LinkButton href="/imports/retention" size="xs">
          Retention
        </LinkButton>
      </PageHeader>
      <WaitingImports />
      {may(person, "imports.create") ? <UploadSection personId={person.id} zone={zone} /> : null}
      {rows.length === 0 ? (
        <Notice title="Nothing has been imported yet">
          CloudTrail and Azure Activity Log are read in any of the forms that they are exported in, also out
          of archives and of what Sumo Logic, Splunk or Elastic put around them.
        </Notice>
      ) : (
        <ImportsTable key={String(page)} rows={rows} zone={zone} now={new Date()} />
      )}
      {older ? (
        <nav className={lines.pager} aria-label="Pages">
          <Link href={`/imports?page=${encodeURIComponent(older)}` as Route}>older imports</Link>
        </nav>
      ) : null}
    </>
  );
}
