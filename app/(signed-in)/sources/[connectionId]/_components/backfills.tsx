import Link from "next/link";
import type { Backfill } from "#lib/sumo/connection.ts";
import { listBackfills } from "#lib/sumo/queries/windows.ts";
import lines from "../../../../_ui/table.module.css";
import { formatAgo, formatUtc } from "../../../../_ui/time.tsx";
import { actorHref } from "../../../actors/search-params.ts";
import classes from "../../_components/section.module.css";
import { SectionFrame } from "../../_components/section.tsx";
import { Span } from "../../_components/window-words.tsx";
import { BACKFILL_WORDS } from "../../_components/words.ts";
import { BackfillForm } from "./backfill-form.tsx";
import { BackfillMoves } from "./backfill-moves.tsx";
import { BackfillProgress } from "./backfill-progress.tsx";
import type { SectionProps } from "./section-props.ts";

const MOST = 30;

/** Ranges of the past that somebody asked for, and where more are asked for. */
export async function Backfills({ connection, mayManage, zone, now }: SectionProps) {
  const backfills = await listBackfills(connection.id, MOST);
  return (
    <SectionFrame
      id="backfills"
      title="Backfills"
      about="A backfill pulls a range of the past by the times that messages tell, the newest day first. It is taken as history, which feeds lists and baselines and stays out of the queue; what was fetched for one actor goes by its age, as uploads do."
    >
      {mayManage && connection.enabled ? <BackfillForm connectionId={connection.id} zone={zone} /> : null}
      {backfills.length === 0 ? (
        <p className={classes.about}>Nobody has asked for one yet.</p>
      ) : (
        <div className={lines.scroll}>
          <table className={`${lines.table} ${classes.table}`}>
            <caption className="visually-hidden">Backfills, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">Range · {zone}</th>
                <th scope="col">Of</th>
                <th scope="col">State</th>
                <th scope="col" className="number">
                  Messages
                </th>
                <th scope="col" className="number">
                  Counted before
                </th>
                <th scope="col" className="number">
                  Gaps
                </th>
                <th scope="col">By</th>
                <th scope="col">Asked for</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {backfills.map((backfill) => (
                <Row key={backfill.id} backfill={backfill} {...{ mayManage, zone, now }} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </SectionFrame>
  );
}

type RowProps = { backfill: Backfill } & Pick<SectionProps, "mayManage" | "zone" | "now">;

function Row({ backfill, mayManage, zone, now }: RowProps) {
  const { id, revision, state, actorId, estimate, gaps, messages, createdAt, createdByName } = backfill;
  const isOpen = state === "running" || state === "paused";
  return (
    <tr>
      <td>
        <Span from={backfill.startsAt} to={backfill.endsAt} zone={zone} now={now} />
      </td>
      <td>{actorId ? <Link href={actorHref(actorId)}>one actor</Link> : "everything asked for"}</td>
      <td>{isOpen ? <BackfillProgress state={state} done={backfill.done} /> : BACKFILL_WORDS[state]}</td>
      <td className={messages === 0 ? "number secondary" : "number"}>{messages.toLocaleString("en-GB")}</td>
      <td className="number">
        {estimate === null ? <span className="secondary">–</span> : estimate.toLocaleString("en-GB")}
      </td>
      <td className={gaps === 0 ? "number secondary" : "number"}>{gaps.toLocaleString("en-GB")}</td>
      <td>{createdByName ?? "–"}</td>
      <td title={formatUtc(createdAt)}>{formatAgo(createdAt, now)}</td>
      <td className={classes.actions}>
        {mayManage && isOpen ? <BackfillMoves seen={{ id, revision }} state={state} /> : null}
      </td>
    </tr>
  );
}
