import Link from "next/link";
import type { PullWindow } from "#lib/sumo/connection.ts";
import { listPulls } from "#lib/sumo/queries/windows.ts";
import { formatBytes } from "../../../../_ui/bytes.ts";
import lines from "../../../../_ui/table.module.css";
import { formatAgo, formatUtc } from "../../../../_ui/time.tsx";
import classes from "../../_components/section.module.css";
import { SectionFrame } from "../../_components/section.tsx";
import { Span } from "../../_components/window-words.tsx";
import type { SectionProps } from "./section-props.ts";

const MOST = 30;

/** The last windows that were pulled, with the import that each became. */
export async function Pulls({ connection, zone, now }: SectionProps) {
  const pulls = await listPulls(connection.id, MOST);
  return (
    <SectionFrame
      id="pulls"
      title="Recent pulls"
      about={pulls.length === 0 ? "Nothing has been pulled yet." : `The last ${MOST}, the newest first.`}
    >
      {pulls.length > 0 ? (
        <div className={lines.scroll}>
          <table className={`${lines.table} ${classes.table}`}>
            <caption className="visually-hidden">Recent pulls, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">Window · {zone}</th>
                <th scope="col">By</th>
                <th scope="col">Of</th>
                <th scope="col" className="number">
                  Messages
                </th>
                <th scope="col" className="number">
                  Size
                </th>
                <th scope="col" className="number">
                  Scanned
                </th>
                <th scope="col">Import</th>
                <th scope="col">Pulled</th>
              </tr>
            </thead>
            <tbody>
              {pulls.map((pull) => (
                <Row key={pull.id} pull={pull} zone={zone} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </SectionFrame>
  );
}

function Row({ pull, zone, now }: { pull: PullWindow } & Pick<SectionProps, "zone" | "now">) {
  const { messages, bytes, bytesScanned, importId, finishedAt } = pull;
  return (
    <tr>
      <td>
        <Span from={pull.startsAt} to={pull.endsAt} zone={zone} now={now} />
      </td>
      <td>{pull.timeKind === "receipt" ? "receipt" : "message time"}</td>
      <td>{pull.backfillId === null ? "the schedule" : "a backfill"}</td>
      <td className={messages === 0 ? "number secondary" : "number"}>{messages.toLocaleString("en-GB")}</td>
      <td className="number">{formatBytes(bytes)}</td>
      <td className="number">{formatBytes(bytesScanned)}</td>
      <td>
        {importId ? (
          <Link href={`/imports/${importId}`} className={lines.open}>
            what it brought
          </Link>
        ) : (
          <span className="secondary">nothing new</span>
        )}
      </td>
      <td title={finishedAt ? formatUtc(finishedAt) : undefined}>
        {finishedAt ? formatAgo(finishedAt, now) : "–"}
      </td>
    </tr>
  );
}
