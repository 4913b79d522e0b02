import type { MappedTable, MappingRow } from "#lib/ingest/mappings/mapping.ts";
import { MappingForm } from "../../_form/mapping-form.tsx";
import { previewed } from "../../_form/previewed.ts";

type ChangeMappingProps = { row: MappingRow; table: MappedTable; zone: string; now: Date };

/** The form for a mapping that is stored, with the first rows of the latest table that it read. */
export async function ChangeMapping({ row, table, zone, now }: ChangeMappingProps) {
  return (
    <MappingForm
      table={{ mappingId: row.id }}
      columns={table.columns}
      sample={table.sample}
      initial={row.mapping}
      seenVersion={row.version}
      previewed={await previewed(table, row.mapping)}
      then="/imports/mappings"
      saveWords="Save"
      about="It holds for what is read from now on. What was read before keeps the version that read it."
      zone={zone}
      now={now}
    />
  );
}
