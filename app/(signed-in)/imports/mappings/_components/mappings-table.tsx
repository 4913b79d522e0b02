import type { Route } from "next";
import Link from "next/link";
import type { MappingRow } from "#lib/ingest/mappings/mapping.ts";
import lines from "../../../../_ui/table.module.css";
import { formatAgo, formatUtc, Time } from "../../../../_ui/time.tsx";
import { PLATFORM_WORDS } from "../../../alerts/_components/words.ts";
import { columnWords } from "../_form/words.ts";
import { ForgetMapping } from "./forget-mapping.tsx";
import classes from "./mappings-table.module.css";

type MappingsTableProps = {
  rows: MappingRow[];
  more: boolean;
  mayChange: boolean;
  zone: string;
  now: Date;
};

/** What is known of the columns of tables, by the names of their logs. */
export function MappingsTable({ rows, more, mayChange, zone, now }: MappingsTableProps) {
  return (
    <>
      <p className={classes.intro}>
        A CSV table with exactly these columns, in any order, is read by its mapping without asking. A change
        holds for what is read from then on; what was read before keeps the version that read it.
      </p>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`}>
          <caption className="visually-hidden">Mappings, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">Log</th>
              <th scope="col">Platform</th>
              <th scope="col">Time from</th>
              <th scope="col">Operation from</th>
              <th scope="col" className="number">
                Columns
              </th>
              <th scope="col" className="number">
                Imports
              </th>
              <th scope="col">Last used</th>
              <th scope="col" className="number">
                Version
              </th>
              <th scope="col">Changed by</th>
              <th scope="col">Changed · {zone}</th>
              {mayChange ? (
                <th scope="col">
                  <span className="visually-hidden">What can be done</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} mayChange={mayChange} zone={zone} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      {more ? <p className={classes.intro}>There are more than are listed here.</p> : null}
    </>
  );
}

function Row({
  row,
  mayChange,
  zone,
  now,
}: { row: MappingRow } & Pick<MappingsTableProps, "mayChange" | "zone" | "now">) {
  const { mapping, columns, lastUsedAt } = row;
  const { time, operation, platform } = mapping.fields;
  return (
    <tr>
      <td title={mapping.name}>
        {mayChange ? (
          <Link href={`/imports/mappings/${row.id}` as Route} className={lines.open}>
            <bdi>{mapping.name}</bdi>
          </Link>
        ) : (
          <bdi>{mapping.name}</bdi>
        )}
      </td>
      <td>
        {platform && "value" in platform
          ? (PLATFORM_WORDS[platform.value as keyof typeof PLATFORM_WORDS] ?? platform.value)
          : sourceWords(platform)}
      </td>
      <td title={sourceWords(time)}>
        <bdi className="mono">{sourceWords(time)}</bdi>
        {mapping.zone === "UTC" ? null : <span className="secondary"> · {mapping.zone}</span>}
      </td>
      <td title={sourceWords(operation)}>
        <bdi className="mono">{sourceWords(operation)}</bdi>
      </td>
      <td className="number" title={columns.slice(0, 40).map(columnWords).join(", ")}>
        {columns.length.toLocaleString("en-GB")}
      </td>
      <td className="number">{row.imports.toLocaleString("en-GB")}</td>
      <td title={lastUsedAt ? formatUtc(lastUsedAt) : undefined}>
        {lastUsedAt ? formatAgo(lastUsedAt, now) : <span className="secondary">not yet</span>}
      </td>
      <td className="number">{row.version}</td>
      <td title={row.changedBy ?? undefined}>{row.changedBy ?? "somebody who has left"}</td>
      <td>
        <Time time={row.changedAt} zone={zone} now={now} />
      </td>
      {mayChange ? (
        <td className={classes.actions}>
          <ForgetMapping id={row.id} version={row.version} name={mapping.name} />
        </td>
      ) : null}
    </tr>
  );
}

function sourceWords(source: MappingRow["mapping"]["fields"]["time"]): string {
  if (!source) return "–";
  return "column" in source ? columnWords(source.column) : `always ${source.value}`;
}
