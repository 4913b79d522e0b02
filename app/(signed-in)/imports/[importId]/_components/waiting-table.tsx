import type { Route } from "next";
import Link from "next/link";
import { getWaitingTable, listMappingsOfImport } from "#lib/ingest/mappings/queries.ts";
import { LinkButton } from "../../../allowlist/_components/link-button.tsx";
import { columnWords } from "../../mappings/_form/words.ts";
import { LeaveOut } from "./leave-out.tsx";
import classes from "./waiting-table.module.css";

const COLUMNS_SHOWN = 40;

/** The table for which an import waits, and what can be done about it. */
export async function WaitingTable({ importId, mayMap }: { importId: string; mayMap: boolean }) {
  const table = await getWaitingTable(importId);
  if (!table) return null;
  const { columns, entry, fingerprint } = table;
  const more = columns.length - COLUMNS_SHOWN;
  return (
    <section className={classes.section} aria-label="Columns that are not known">
      <p>
        {entry === null ? (
          "Its columns are "
        ) : (
          <>
            The columns of <bdi className="mono">{entry}</bdi> are{" "}
          </>
        )}
        {columns.slice(0, COLUMNS_SHOWN).map((name, at) => (
          <span key={name}>
            {at > 0 ? ", " : ""}
            <bdi className="mono">{columnWords(name)}</bdi>
          </span>
        ))}
        {more > 0 ? ` and ${more.toLocaleString("en-GB")} more` : ""}.
      </p>
      {mayMap ? (
        <div className={classes.bar}>
          <LinkButton href={`/imports/${importId}/mapping` as Route} size="xs" isPrimary>
            Name the columns
          </LinkButton>
          {entry === null ? null : <LeaveOut importId={importId} fingerprint={fingerprint} />}
        </div>
      ) : (
        <p className="secondary">An analyst or an admin can name them.</p>
      )}
    </section>
  );
}

/** By which mappings tables of an import were read; nothing where there were none. */
export async function ReadBy({ importId, mayMap }: { importId: string; mayMap: boolean }) {
  const mappings = await listMappingsOfImport(importId);
  if (mappings.length === 0) return null;
  return (
    <p className={classes.read}>
      Its columns were read by{" "}
      {mappings.map(({ id, name, isForgotten }, at) => (
        <span key={id}>
          {at > 0 ? ", " : ""}
          {mayMap && !isForgotten ? (
            <Link href={`/imports/mappings/${id}` as Route}>
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
        </span>
      ))}
      .
    </p>
  );
}
