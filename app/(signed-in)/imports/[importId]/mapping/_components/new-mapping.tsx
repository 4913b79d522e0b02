import { TriangleAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ImportState } from "#lib/ingest/import.ts";
import type { WaitingTable } from "#lib/ingest/mappings/mapping.ts";
import { guessMapping } from "#lib/logs/normalize/guess-mapping.ts";
import { readTime } from "#lib/logs/normalize/mapped-time.ts";
import { Notice } from "../../../../../_ui/notice.tsx";
import { STATE_WORDS } from "../../../_components/words.ts";
import { nameOf } from "../../../mappings/_form/draft.ts";
import classes from "../../../mappings/_form/mapping-form.module.css";
import { MappingForm } from "../../../mappings/_form/mapping-form.tsx";
import { previewed } from "../../../mappings/_form/previewed.ts";

type NewMappingProps = { importId: string; name: string; table: WaitingTable; zone: string; now: Date };

/** The form for a table that has no mapping, filled in by guess. */
export async function NewMapping({ importId, name, table, zone, now }: NewMappingProps) {
  const rows = table.sample.flatMap((row) => ("cells" in row ? [row.cells] : []));
  const initial = { name: nameOf(name), ...guessMapping({ columns: table.columns, rows }) };
  return (
    <>
      {hasNoNames(table.columns) ? (
        <p className={classes.warning}>
          <TriangleAlert size={16} aria-hidden="true" />
          The first row of this table looks like a record, not like names of columns. A table is read by the
          names in its first row: export it with names, or put a row of names at its top, upload it again, and
          cancel this import.
        </p>
      ) : null}
      <MappingForm
        table={{ importId, fingerprint: table.fingerprint }}
        columns={table.columns}
        sample={table.sample}
        initial={initial}
        seenVersion={null}
        previewed={await previewed(table, initial)}
        then={`/imports/${importId}` as Route}
        saveWords="Save and read on"
        about="Filled in by guess from the names: check it. It is kept, and reads every later table with these columns without asking."
        zone={zone}
        now={now}
      />
    </>
  );
}

function hasNoNames(columns: readonly string[]): boolean {
  return columns.some((name) => readTime(name, { zone: "UTC", dayFirst: false }).ok);
}

export function NothingWaits({ importId, state }: { importId: string; state: ImportState }) {
  return (
    <Notice title="This import does not wait for a mapping">
      It is {STATE_WORDS[state]}: somebody else may have named its columns, or cancelled it.{" "}
      <Link href={`/imports/${importId}` as Route}>Open the import</Link> or see the{" "}
      <Link href="/imports/mappings">mappings</Link>.
    </Notice>
  );
}
