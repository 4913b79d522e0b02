"use client";

import { Progress } from "@mantine/core";
import Link from "next/link";
import type { ImportProgress } from "#lib/ingest/import.ts";
import type { ImportRow } from "#lib/ingest/queries.ts";
import { importSentence } from "#lib/ingest/sentence.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import classes from "./imports-table.module.css";
import { useLiveImports } from "./use-live-imports.ts";
import { deliveredBy, STATE_WORDS } from "./words.ts";

/** The imports, the latest first; those that run tell how far they are as they go. */
export function ImportsTable({ rows, zone, now }: { rows: ImportRow[]; zone: string; now: Date }) {
  const live = useLiveImports();
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">Imports, times in {zone}</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">What it brought</th>
            <th scope="col" className="number">
              Records
            </th>
            <th scope="col" className="number">
              New
            </th>
            <th scope="col" className="number">
              Known
            </th>
            <th scope="col" className="number">
              Rejected
            </th>
            <th scope="col" className="number">
              Size
            </th>
            <th scope="col">By</th>
            <th scope="col">Delivered · {zone}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={{ ...row, ...later(row, live.get(row.id)) }} zone={zone} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The live progress, unless the page was rendered after it. */
function later(row: ImportRow, progress: ImportProgress | undefined): Partial<ImportProgress> {
  const isRead = row.state === "receiving" || row.state === "queued" || row.state === "running";
  return progress && isRead && progress.records >= row.records ? progress : {};
}

function Row({ row, zone, now }: { row: ImportRow; zone: string; now: Date }) {
  const share = row.byteSize === 0 ? 0 : (100 * row.bytesRead) / row.byteSize;
  return (
    <tr>
      <td>
        <Link href={`/imports/${row.id}`} className={lines.open} title={row.name}>
          {row.name}
        </Link>
      </td>
      <td>
        {row.state === "running" ? (
          <span className={classes.running}>
            <Progress value={share} size="sm" className={classes.bar} aria-label={`Import of ${row.name}`} />
            {Math.floor(share)} %
          </span>
        ) : (
          <span data-state={row.state} className={classes.state}>
            {STATE_WORDS[row.state]}
          </span>
        )}
      </td>
      <td className={classes.sentence} title={importSentence(row)}>
        {importSentence(row)}
      </td>
      <Count value={row.records} />
      <Count value={row.newCount} />
      <Count value={row.duplicateCount} />
      <Count value={row.rejectedCount} />
      <td className="number">{formatBytes(row.byteSize)}</td>
      <td>{deliveredBy(row)}</td>
      <td>
        <Time time={row.createdAt} zone={zone} now={now} />
      </td>
    </tr>
  );
}

function Count({ value }: { value: number }) {
  return <td className={value === 0 ? "number secondary" : "number"}>{value.toLocaleString("en-GB")}</td>;
}
