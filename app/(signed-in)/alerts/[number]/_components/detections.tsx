import type { Route } from "next";
import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { type EventKey, encodeEventKey } from "#lib/events/event-key.ts";
import type { AlertRow } from "#lib/triage/alert.ts";
import { type DetectionRow, listDetections } from "#lib/triage/queries/alert-detections.ts";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { CLASS_WORDS, OUTCOME_WORDS } from "../../_components/words.ts";
import { EntryLink } from "./alert-standing.tsx";
import layout from "./layout.module.css";

type DetectionsProps = {
  alert: AlertRow;
  cursor: string | undefined;
  selected: EventKey | null;
  zone: string;
  now: Date;
};

/** The alert's detections as they happened; each opens its event and original record. */
export async function Detections({ alert, cursor, selected, zone, now }: DetectionsProps) {
  const { rows, earlier, later } = await listDetections(alert.id, cursor);
  const isTouched = rows.some(isTouchedByAllowlist);
  const href = (page: string | null | undefined, event?: EventKey) => {
    const query = new URLSearchParams({
      ...(page && { page }),
      ...(event && { event: encodeEventKey(event) }),
    });
    return `/alerts/${alert.number}${query.size > 0 ? `?${query}` : ""}` as Route;
  };
  return (
    <section className={layout.section} aria-label="Detections">
      <h2>
        {alert.detectionCount.toLocaleString("en-GB")}{" "}
        {alert.detectionCount === 1 ? "detection" : "detections"}
        <span className="secondary">
          {" "}
          in {alert.operationCount.toLocaleString("en-GB")}{" "}
          {alert.operationCount === 1 ? "operation" : "operations"}
        </span>
      </h2>
      {rows.length === 0 && !cursor ? (
        <p className="secondary">None of them is stored any more; the history says why.</p>
      ) : null}
      <div className={`${lines.scroll} ${layout.bleed}`} hidden={rows.length === 0}>
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
          <tbody>
            {rows.map((row) => (
              <Detection
                key={`${row.eventId} ${row.ruleId}`}
                row={row}
                href={href(cursor, { occurredAt: row.occurredAt, id: row.eventId })}
                isSelected={row.eventId === selected?.id}
                withAllowlist={isTouched}
                zone={zone}
                now={now}
              />
            ))}
          </tbody>
        </table>
      </div>
      {earlier || later ? (
        <nav className={lines.pager} aria-label="Pages of detections">
          {earlier ? <Link href={href(earlier)}>earlier</Link> : null}
          {later ? <Link href={href(later)}>later</Link> : null}
        </nav>
      ) : null}
    </section>
  );
}

type DetectionProps = {
  row: DetectionRow;
  href: Route;
  isSelected: boolean;
  withAllowlist: boolean;
  zone: string;
  now: Date;
};

function Detection({ row, href, isSelected, withAllowlist, zone, now }: DetectionProps) {
  const actor = row.actor
    ? `${row.actor.name}${row.session && row.session !== row.actor.name ? ` · ${row.session}` : ""}`
    : null;
  return (
    <tr data-selected={isSelected} className={row.suppressedBy === null ? undefined : layout.suppressed}>
      <td>
        <Link
          href={href}
          className={lines.open}
          aria-current={isSelected ? "true" : undefined}
          scroll={false}
        >
          <Time time={row.occurredAt} zone={zone} now={now} />
        </Link>
      </td>
      <td>{row.operation}</td>
      <td>{actor ? <MachineText text={actor} /> : <span className="secondary">–</span>}</td>
      <td>{row.tag ? <MachineText text={row.tag} /> : <span className="secondary">–</span>}</td>
      <td>
        {row.sourceIp ? (
          <>
            <MachineText text={row.sourceIp} />{" "}
            <span className="secondary">{CLASS_WORDS[row.addressClass]}</span>
          </>
        ) : (
          <span className="secondary">–</span>
        )}
      </td>
      <td title={row.errorCode ?? undefined}>{OUTCOME_WORDS[row.outcome]}</td>
      <td title={findRule(row.ruleId)?.title}>{row.ruleId}</td>
      <td
        className="number"
        title={row.addends.map(({ points, why }) => `${points > 0 ? "+" : ""}${points} ${why}`).join("\n")}
      >
        {row.score}
      </td>
      {withAllowlist ? (
        <td>
          <AllowlistWords row={row} />
        </td>
      ) : null}
    </tr>
  );
}

function isTouchedByAllowlist({ suppressedBy, brokeThrough, hiddenBefore }: DetectionRow): boolean {
  return suppressedBy !== null || brokeThrough.length > 0 || hiddenBefore.length > 0;
}

/** What the allowlist makes of a detection, or made of it once. */
function AllowlistWords({ row: { suppressedBy, brokeThrough, hiddenBefore } }: { row: DetectionRow }) {
  return (
    <>
      {suppressedBy === null ? null : (
        <span>
          suppressed by <EntryLink number={suppressedBy} />{" "}
        </span>
      )}
      {brokeThrough.length > 0 ? (
        <span>broke through: {brokeThrough.map((signal) => SIGNAL_WORDS[signal]).join(", ")} </span>
      ) : null}
      {hiddenBefore.map((number) => (
        <span key={number} className="secondary">
          was hidden by <EntryLink number={number} /> until it was revoked{" "}
        </span>
      ))}
    </>
  );
}
