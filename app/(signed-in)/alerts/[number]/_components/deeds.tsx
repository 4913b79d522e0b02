import type { Route } from "next";
import Link from "next/link";
import { type EventKey, encodeEventKey } from "#lib/events/event-key.ts";
import { type AlertRow, alertName } from "#lib/triage/alert.ts";
import { countOperations, deedKey } from "#lib/triage/deed.ts";
import type { DeedPage } from "#lib/triage/queries/alert-deeds.ts";
import lines from "../../../../_ui/table.module.css";
import { DeedHead, TellingLogs } from "./deed-head.tsx";
import { DeedRows } from "./deed-rows.tsx";
import classes from "./deeds.module.css";
import { DetectionLine, isTouchedByAllowlist } from "./detection-line.tsx";
import layout from "./layout.module.css";

type DeedsProps = {
  alert: AlertRow;
  page: DeedPage;
  cursor: string | undefined;
  selected: EventKey | null;
  zone: string;
  now: Date;
};

/** So many detections are read at a glance; of more, each deed is opened by whoever wants to see them. */
const AT_A_GLANCE = 40;

/** What was done, deed by deed as it happened; each detection in them opens its event and original record. */
export function Deeds({ alert, page, cursor, selected, zone, now }: DeedsProps) {
  const { deeds, earlier, later } = page;
  const rows = deeds.flatMap((deed) => deed.rows);
  const isTouched = rows.some(isTouchedByAllowlist);
  const columns = isTouched ? 9 : 8;
  const hrefOf = hrefsOf(alert.number);
  const [only] = deeds.length === 1 && !earlier && !later ? deeds : [];
  return (
    <section className={layout.section} aria-label="Detections">
      <h2>{heading(alert, page)}</h2>
      {rows.length === 0 && !cursor ? (
        <p className="secondary">None of them is stored any more; the history says why.</p>
      ) : null}
      {only ? <TellingLogs deed={only} /> : null}
      <div className={`${lines.scroll} ${layout.bleed} ${classes.frame}`} hidden={rows.length === 0}>
        <table className={lines.table}>
          <caption className="visually-hidden">Detections, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">Time · {zone}</th>
              <th scope="col">Operation</th>
              <th scope="col">Actor</th>
              <th scope="col">Tag</th>
              <th scope="col">Source</th>
              <th scope="col">Outcome</th>
              <th scope="col">Rule</th>
              <th scope="col" className="number">
                Score
              </th>
              {isTouched ? <th scope="col">Allowlist</th> : null}
            </tr>
          </thead>
          {deeds.map((deed) => (
            <DeedRows
              key={deedKey(deed)}
              label={`Detections of ${alertName(alert.number)} in this deed`}
              head={only ? null : <DeedHead deed={deed} />}
              count={deed.rows.length}
              columns={columns}
              isOpen={rows.length <= AT_A_GLANCE || deed.rows.some(({ eventId }) => eventId === selected?.id)}
            >
              {deed.rows.map((row) => (
                <DetectionLine
                  key={`${row.eventId} ${row.ruleId}`}
                  row={row}
                  client={deed.facts.client}
                  href={hrefOf(cursor, { occurredAt: row.occurredAt, id: row.eventId })}
                  isSelected={row.eventId === selected?.id}
                  withAllowlist={isTouched}
                  zone={zone}
                  now={now}
                />
              ))}
            </DeedRows>
          ))}
        </table>
      </div>
      {earlier || later ? (
        <nav className={lines.pager} aria-label="Pages of detections">
          <span className="secondary">A deed that a page cuts goes on with the next.</span>
          {earlier ? <Link href={hrefOf(earlier)}>earlier</Link> : null}
          {later ? <Link href={hrefOf(later)}>later</Link> : null}
        </nav>
      ) : null}
    </section>
  );
}

function heading({ detectionCount, operationCount }: AlertRow, { deeds, earlier, later }: DeedPage) {
  const isWhole = !earlier && !later;
  const operations = isWhole ? deeds.reduce((sum, deed) => sum + countOperations(deed), 0) : operationCount;
  const parts = [
    `${operations.toLocaleString("en-GB")} ${operations === 1 ? "operation" : "operations"}`,
    ...(isWhole && deeds.length > 1 ? [`${deeds.length.toLocaleString("en-GB")} deeds`] : []),
  ];
  return (
    <>
      {detectionCount.toLocaleString("en-GB")} {detectionCount === 1 ? "detection" : "detections"}
      <span className="secondary"> in {parts.join(", ")}</span>
    </>
  );
}

function hrefsOf(number: number) {
  return (page: string | null | undefined, event?: EventKey): Route => {
    const query = new URLSearchParams({
      ...(page && { page }),
      ...(event && { event: encodeEventKey(event) }),
    });
    return `/alerts/${number}${query.size > 0 ? `?${query}` : ""}` as Route;
  };
}
