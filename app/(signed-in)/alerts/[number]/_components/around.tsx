import type { Route } from "next";
import Link from "next/link";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { AlertRow } from "#lib/triage/alert.ts";
import {
  AROUND_LOOKED_AT,
  AROUND_MS,
  type AroundCalls,
  listAround,
  type Part,
} from "#lib/triage/queries/around.ts";
import { MachineText } from "../../../../_ui/machine-text.tsx";
import lines from "../../../../_ui/table.module.css";
import { Time } from "../../../../_ui/time.tsx";
import { actorHref } from "../../../actors/search-params.ts";
import { OUTCOME_WORDS } from "../../_components/words.ts";
import layout from "./layout.module.css";

type AroundProps = {
  alert: AlertRow;
  /** The leading one first. */
  actorIds: readonly string[];
  imageIds: readonly string[];
  zone: string;
  now: Date;
};

const PART_WORDS = {
  before: "before",
  meanwhile: "meanwhile",
  after: "after",
} as const satisfies Record<Part, string>;

/** What else its actors did around an alert, and what else happened to its image: context, no detections of it. */
export async function Around({ alert, actorIds, imageIds, zone, now }: AroundProps) {
  const { calls, more, isPart } = await listAround(alert, actorIds, imageIds);
  return (
    <section className={layout.section} aria-label="Around it" id="around">
      <h2>Around it</h2>
      <p className={layout.lead}>
        {calls.length === 0
          ? "Nothing else is stored of its actors or its image from an hour before to an hour after."
          : "What else its actors did from an hour before to an hour after, and what else happened to its image."}
        {isPart
          ? ` There was more than is shown: of each actor and of the image the ${AROUND_LOOKED_AT} events nearest were looked at.`
          : ""}
      </p>
      {calls.length > 0 ? (
        <div className={`${lines.scroll} ${layout.bleed}`}>
          <table className={`${lines.table} ${layout.context}`}>
            <caption className="visually-hidden">Calls around the alert, times in {zone}</caption>
            <thead>
              <tr>
                <th scope="col">First · {zone}</th>
                <th scope="col">When</th>
                <th scope="col">Operation</th>
                <th scope="col" className="number">
                  Times
                </th>
                <th scope="col">Actor</th>
                <th scope="col">Image</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {calls.map((one) => (
                <Calls key={`${one.part} ${encodeEventKey(one.first)}`} {...{ alert, one, zone, now }} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {more > 0 ? (
        <p className={layout.after}>and {more.toLocaleString("en-GB")} more kinds of calls</p>
      ) : null}
    </section>
  );
}

function Calls({ alert, one, zone, now }: { alert: AlertRow; one: AroundCalls; zone: string; now: Date }) {
  const { part, actor, operation, outcome, count, first, image } = one;
  return (
    <tr>
      <td>
        <Link
          href={
            `/alerts/${alert.number}?${new URLSearchParams({ event: encodeEventKey(first) })}#record` as Route
          }
          className={lines.open}
          prefetch={false}
        >
          <Time time={first.occurredAt} zone={zone} now={now} />
        </Link>
      </td>
      <td>{PART_WORDS[part]}</td>
      <td title={operation}>{operation}</td>
      <td className="number">
        {count === 1 ? (
          1
        ) : (
          <Link href={eventsHref(alert, one)} className={layout.above} prefetch={false}>
            {count.toLocaleString("en-GB")}
          </Link>
        )}
      </td>
      <td>
        {actor ? (
          <Link href={actorHref(actor.id)} className={layout.above} prefetch={false}>
            <MachineText text={actor.name} />
          </Link>
        ) : (
          <span className="secondary">–</span>
        )}
      </td>
      <td>{image ? <MachineText text={image.name} /> : <span className="secondary">–</span>}</td>
      <td>{OUTCOME_WORDS[outcome]}</td>
    </tr>
  );
}

/** The list of all calls of a kind in the time around the alert. */
function eventsHref({ firstAt, lastAt }: AlertRow, { actor, operation, outcome }: AroundCalls): Route {
  const query = new URLSearchParams({
    ...(actor && { actor: actor.id }),
    operation,
    outcome,
    from: new Date(firstAt.getTime() - AROUND_MS).toISOString(),
    to: new Date(lastAt.getTime() + AROUND_MS).toISOString(),
    sort: "time",
  });
  return `/events?${query}` as Route;
}
