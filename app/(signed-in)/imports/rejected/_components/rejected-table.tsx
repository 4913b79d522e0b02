import Link from "next/link";
import type { RejectedListRow } from "#lib/ingest/queries/rejected.ts";
import { rejectedName } from "#lib/ingest/rejected-filter.ts";
import { REJECTION_SENTENCES } from "#lib/logs/rejection.ts";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { type RejectedView, rejectedHref } from "../search-params.ts";
import classes from "./rejected-table.module.css";

type RejectedTableProps = {
  rows: RejectedListRow[];
  next: string | null;
  view: RejectedView;
  zone: string;
  now: Date;
};

/** Rejected records, each with why, where it stands, and a way to what is there. */
export function RejectedTable({ rows, next, view, zone, now }: RejectedTableProps) {
  return (
    <>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`}>
          <caption className="visually-hidden">Rejected records, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">Why</th>
              <th scope="col">What was seen</th>
              <th scope="col">File</th>
              <th scope="col" className="number">
                Record
              </th>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col" className="number">
                Byte
              </th>
              <th scope="col">Delivered · {zone}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = rejectedName(row.importId, row.index);
              return (
                <tr key={name} data-selected={name === view.record}>
                  <td>
                    <Link
                      href={rejectedHref({ ...view, record: name })}
                      className={lines.open}
                      scroll={false}
                    >
                      {REJECTION_SENTENCES[row.reason] ?? row.reason}
                    </Link>
                  </td>
                  <td className={classes.detail} title={row.detail}>
                    <bdi>{row.detail}</bdi>
                  </td>
                  <td className={classes.file} title={row.importName}>
                    <bdi>{row.importName}</bdi>
                  </td>
                  <td className="number">{row.index.toLocaleString("en-GB")}</td>
                  <td className="number">{row.line.toLocaleString("en-GB")}</td>
                  <td className="number">{row.byteOffset.toLocaleString("en-GB")}</td>
                  <td>
                    <Time time={row.importedAt} zone={zone} now={now} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <nav className={lines.pager} aria-label="Pages">
        {view.page ? (
          <Link href={rejectedHref({ ...view, page: undefined, record: undefined })}>from the beginning</Link>
        ) : null}
        {next ? <Link href={rejectedHref({ ...view, page: next, record: undefined })}>next page</Link> : null}
      </nav>
    </>
  );
}
