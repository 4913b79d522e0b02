import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { getWaitingTable } from "#lib/ingest/mappings/queries.ts";
import { getImport } from "#lib/ingest/queries.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { readerZone } from "../../../../_ui/zone.ts";
import { NewMapping, NothingWaits } from "./_components/new-mapping.tsx";

export const metadata: Metadata = { title: "Name the columns" };

export default async function MappingPage({ params }: PageProps<"/imports/[importId]/mapping">) {
  await requirePermission("imports.create");
  const [{ importId }, zone] = await Promise.all([params, readerZone()]);
  const row = z.guid().safeParse(importId).success ? await getImport(importId) : null;
  if (!row) notFound();
  const table = row.state === "needs_mapping" ? await getWaitingTable(row.id) : null;
  const name = table?.entry ?? row.name;
  return (
    <>
      <FormHeader
        title="Name the columns"
        path={[
          { name: "Imports", href: "/imports" },
          { name: row.name, href: `/imports/${row.id}` as Route },
        ]}
        about={table ? `${table.columns.length.toLocaleString("en-GB")} columns of ${name}` : null}
      />
      {table ? (
        <NewMapping importId={row.id} name={name} table={table} zone={zone} now={new Date()} />
      ) : (
        <NothingWaits importId={row.id} state={row.state} />
      )}
    </>
  );
}
