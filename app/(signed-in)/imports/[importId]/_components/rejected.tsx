import type { Route } from "next";
import Link from "next/link";
import { env } from "#lib/env.ts";
import { countRejectedByReason, type RejectedCount } from "#lib/ingest/queries/rejected.ts";
import { getRejectedRecord, listRejected } from "#lib/ingest/queries.ts";
import { REJECTION_SENTENCES } from "#lib/logs/rejection.ts";
import lines from "../../../../_ui/table.module.css";
import { rejectedHref } from "../../rejected/search-params.ts";
import classes from "./rejected.module.css";

type RejectedProps = { importId: string; total: number; after: number; shown: number };

/** Records that could not be read: where each stands, why, and what is there. */
export async function Rejected({ importId, total, after, shown }: RejectedProps) {
  const [{ rows, more }, reasons] = await Promise.all([
    listRejected(importId, after),
    countRejectedByReason({ import: importId }),
  ]);
  const last = rows.at(-1)?.index;
  const href = (query: Record<string, number>) => {
    const params = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) => (value > 0 ? [[key, String(value)]] : [])),
    );
    return `/imports/${importId}?${params}` as Route;
  };
  return (
    <section className={classes.rejected} aria-label="Rejected records">
      <h2>
        {total.toLocaleString("en-GB")} rejected {total === 1 ? "record" : "records"}
      </h2>
      <p className={classes.note}>
        <Link href={rejectedHref({ import: importId })}>Filter, download or read them again</Link>
      </p>
      <Unkept reasons={reasons} />
      {rows.length === 0 && after === 0 ? (
        <p className={classes.note}>They are no longer kept: retention has deleted them.</p>
      ) : null}
      <table className={`${lines.table} ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col" className="number">
              Record
            </th>
            <th scope="col" className="number">
              Line
            </th>
            <th scope="col" className="number">
              Byte
            </th>
            <th scope="col">Why</th>
            <th scope="col">What was seen</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.index} data-selected={row.index === shown}>
              <td className="number">
                <Link href={href({ after, record: row.index })} className={lines.open} scroll={false}>
                  {row.index.toLocaleString("en-GB")}
                </Link>
              </td>
              <td className="number">{row.line.toLocaleString("en-GB")}</td>
              <td className="number">{row.byteOffset.toLocaleString("en-GB")}</td>
              <td>{REJECTION_SENTENCES[row.reason] ?? row.reason}</td>
              <td className={classes.detail}>{row.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <nav className={lines.pager} aria-label="Pages of rejected records">
        {after > 0 ? <Link href={href({})}>from the beginning</Link> : null}
        {more && last !== undefined ? <Link href={href({ after: last })}>next page</Link> : null}
      </nav>
      {shown > 0 ? <Record importId={importId} index={shown} /> : null}
    </section>
  );
}

/** Beyond those that an import keeps its rejected records are counted by reason. */
function Unkept({ reasons }: { reasons: RejectedCount[] }) {
  const number = (value: number) => value.toLocaleString("en-GB");
  const kept = reasons.reduce((sum, { count }) => sum + count, 0);
  const others = reasons.filter(({ unkept }) => unkept > 0);
  if (others.length === 0) return null;
  const all = others.reduce((sum, { unkept }) => sum + unkept, kept);
  return (
    <>
      <p className={classes.note}>
        {number(kept)} of {number(all)} are kept, for an import keeps the first{" "}
        {number(env().limits.rejectedRecords)}. The others were counted by reason:
      </p>
      <ul className={classes.unkept}>
        {others.map(({ reason, unkept }) => (
          <li key={reason}>
            {number(unkept)}: {REJECTION_SENTENCES[reason] ?? reason}
          </li>
        ))}
      </ul>
    </>
  );
}

const SHOWN_LENGTH = 64 * 1024;

async function Record({ importId, index }: { importId: string; index: number }) {
  const record = await getRejectedRecord(importId, index);
  if (!record)
    return <p className={classes.note}>There is no rejected record {index.toLocaleString("en-GB")}.</p>;
  const { text } = record;
  return (
    <section aria-label={`Record ${index} as it was received`}>
      <h2>Record {index.toLocaleString("en-GB")} as it was received</h2>
      <pre className={classes.record}>{text.slice(0, SHOWN_LENGTH) || "(nothing)"}</pre>
      {text.length > SHOWN_LENGTH ? (
        <p className={classes.note}>
          Its first {SHOWN_LENGTH.toLocaleString("en-GB")} characters of {text.length.toLocaleString("en-GB")}
          .
        </p>
      ) : null}
    </section>
  );
}
