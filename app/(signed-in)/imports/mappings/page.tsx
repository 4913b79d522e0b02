import type { Metadata } from "next";
import { may } from "#lib/access/permission.ts";
import { listMappings } from "#lib/ingest/mappings/queries.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { FormHeader } from "../../../_ui/form-header.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { readerZone } from "../../../_ui/zone.ts";
import { MappingsTable } from "./_components/mappings-table.tsx";

export const metadata: Metadata = { title: "Mappings" };

export default async function MappingsPage() {
  const person = await requirePermission("imports.read");
  const [{ rows, more }, zone] = await Promise.all([listMappings(), readerZone()]);
  return (
    <>
      <FormHeader title="Mappings" path={[{ name: "Imports", href: "/imports" }]} />
      {rows.length === 0 ? (
        <Notice title="No columns have been named yet">
          A CSV table whose columns are of no known log waits until somebody says which of them holds what.
          That is kept here, and reads every later table with the same columns.
        </Notice>
      ) : (
        <MappingsTable
          rows={rows}
          more={more}
          mayChange={may(person, "imports.create")}
          zone={zone}
          now={new Date()}
        />
      )}
    </>
  );
}
