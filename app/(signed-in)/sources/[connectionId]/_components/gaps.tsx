import type { PullWindow } from "#lib/sumo/connection.ts";
import { listGaps } from "#lib/sumo/queries/windows.ts";
import lines from "../../../../_ui/table.module.css";
import { problemWords } from "../../_components/problem-notice.tsx";
import classes from "../../_components/section.module.css";
import { SectionFrame } from "../../_components/section.tsx";
import { Span } from "../../_components/window-words.tsx";
import { RetryGap } from "./retry-gap.tsx";
import type { SectionProps } from "./section-props.ts";

const MOST = 100;

/** Stretches of time of which messages are missing, and why. */
export async function Gaps({ connection, mayManage, zone, now }: SectionProps) {
  const gaps = await listGaps(connection.id, MOST);
  return (
    <SectionFrame
      id="gaps"
      title={connection.gaps === 0 ? "Gaps" : `Gaps (${connection.gaps.toLocaleString("en-GB")})`}
      about={
        gaps.length === 0
          ? "None: of what was pulled so far no message is missing."
          : "Messages of these stretches of time are missing. Each was tried several times."
      }
    >
      {gaps.length > 0 ? (
        <div className={lines.scroll}>
          <table className={`${lines.table} ${classes.table}`}>
            <caption className="visually-hidden">Gaps, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">Window · {zone}</th>
                <th scope="col">Of</th>
                <th scope="col">Why</th>
                <th scope="col" className="number">
                  Messages read
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {gaps.map((gap) => (
                <Row key={gap.id} gap={gap} {...{ mayManage, zone, now }} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {connection.gaps > gaps.length ? <p className={classes.about}>The newest {MOST} are listed.</p> : null}
    </SectionFrame>
  );
}

type RowProps = { gap: PullWindow } & Pick<SectionProps, "mayManage" | "zone" | "now">;

function Row({ gap, mayManage, zone, now }: RowProps) {
  const { sentence, todo } = problemWords(gap.problem?.reason ?? "");
  return (
    <tr>
      <td>
        <Span from={gap.startsAt} to={gap.endsAt} zone={zone} now={now} />
      </td>
      <td>{gap.backfillId === null ? "the schedule" : "a backfill"}</td>
      <td className={classes.why}>
        {sentence} {todo}
        {gap.problem?.detail ? (
          <span className="secondary">
            {" "}
            <bdi>{gap.problem.detail.slice(0, 300)}</bdi>
          </span>
        ) : null}
      </td>
      <td className={gap.messages === 0 ? "number secondary" : "number"}>
        {gap.messages.toLocaleString("en-GB")}
      </td>
      <td className={classes.actions}>{mayManage ? <RetryGap windowId={gap.id} /> : null}</td>
    </tr>
  );
}
