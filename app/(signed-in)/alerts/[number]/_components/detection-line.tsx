import type { Route } from "next";
import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import { SIGNAL_WORDS } from "#lib/detection/signal.ts";
import { type ClientBehind, hidesClient } from "#lib/events/client.ts";
import type { DetectionRow } from "#lib/triage/detection.ts";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { InferredClient } from "../../../events/_components/inferred-client.tsx";
import { LOG_WORDS } from "../../../events/_components/words.ts";
import { OperationText } from "../../_components/operation-text.tsx";
import { CLASS_WORDS, OUTCOME_WORDS } from "../../_components/words.ts";
import { EntryLink } from "./alert-standing.tsx";
import layout from "./layout.module.css";

type DetectionLineProps = {
  row: DetectionRow;
  /** Who stands behind those calls of its deed that hide it. */
  client: ClientBehind | null;
  href: Route;
  isSelected: boolean;
  withAllowlist: boolean;
  zone: string;
  now: Date;
};

/** One detection of an alert, as a row of a table. */
export function DetectionLine(props: DetectionLineProps) {
  const { row, client, href, isSelected, withAllowlist, zone, now } = props;
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
      <td title={LOG_WORDS[row.logSource]}>
        <OperationText operation={row.operation} />
      </td>
      <td>{actor ? <MachineText text={actor} /> : <span className="secondary">–</span>}</td>
      <td>{row.tag ? <MachineText text={row.tag} /> : <span className="secondary">–</span>}</td>
      <td>
        {row.sourceIp ? (
          <>
            <MachineText text={row.sourceIp} />{" "}
            {client && hidesClient(row) ? (
              <InferredClient behind={client} isShort />
            ) : (
              <span className="secondary">{CLASS_WORDS[row.addressClass]}</span>
            )}
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

export function isTouchedByAllowlist({ suppressedBy, brokeThrough, hiddenBefore }: DetectionRow): boolean {
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
