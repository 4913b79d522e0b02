import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { getMappedTable, getMapping } from "#lib/ingest/mappings/queries.ts";
import { requirePermission } from "../../../../_access/current-person.ts";
import { FormHeader } from "../../../../_ui/form-header.tsx";
import { readerZone } from "../../../../_ui/zone.ts";
import { ChangeMapping } from "./_components/change-mapping.tsx";

export const metadata: Metadata = { title: "Change a mapping" };

export default async function ChangeMappingPage({ params }: PageProps<"/imports/mappings/[mappingId]">) {
  await requirePermission("imports.create");
  const [{ mappingId }, zone] = await Promise.all([params, readerZone()]);
  const isId = z.guid().safeParse(mappingId).success;
  const row = isId ? await getMapping(mappingId) : null;
  const table = row && (await getMappedTable(row.id));
  if (!row || !table) notFound();
  return (
    <>
      <FormHeader
        title={`Change ${row.mapping.name}`}
        path={[
          { name: "Imports", href: "/imports" },
          { name: "Mappings", href: "/imports/mappings" },
        ]}
        about={`version ${row.version} · ${row.columns.length.toLocaleString("en-GB")} columns`}
      />
      <ChangeMapping row={row} table={table} zone={zone} now={new Date()} />
    </>
  );
}
