import type { Route } from "next";
import Link from "next/link";
import { findRule } from "#lib/detection/rules.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import type { EventKey } from "#lib/events/event-key.ts";
import type { MarkedEventRow } from "#lib/events/event-row.ts";
import { getEventRow } from "#lib/events/queries/event.ts";
import type { EventsBase } from "../search-params.ts";
import { DetectionMark } from "./detection-mark.tsx";
import classes from "./event-panel.module.css";
import { EventView } from "./event-view.tsx";
import { eventSentence, newnessWords } from "./words.ts";

type EventPanelProps = {
  eventKey: EventKey;
  base: EventsBase;
  filter: EventFilter;
  zone: string;
  now: Date;
};

/** An event beside its list: what happened, what rules made of it, and its original record. */
export async function EventPanel({ eventKey, base, filter, zone, now }: EventPanelProps) {
  const row = await getEventRow(eventKey);
  return (
    <>
      {row ? <Summary row={row} /> : null}
      <EventView eventKey={eventKey} {...{ base, filter, zone, now }} />
    </>
  );
}

function Summary({ row }: { row: MarkedEventRow }) {
  return (
    <div className={classes.summary}>
      <p>
        <bdi>{eventSentence(row)}</bdi>
      </p>
      {row.newness ? (
        <p className={row.newness.isShort ? "secondary" : undefined}>
          For this actor: {newnessWords(row.newness)}.
        </p>
      ) : null}
      {row.actor ? (
        <p>
          <Link href={`/actors/${row.actor.id}` as Route}>Everything that this actor did</Link>
        </p>
      ) : null}
      {row.detections.length > 0 ? (
        <ul className={classes.detections} aria-label="Detections">
          {row.detections.map((detection) => (
            <li key={detection.ruleId}>
              <DetectionMark detection={detection} />
              <span className={classes.rule}>{findRule(detection.ruleId)?.title ?? detection.ruleId}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="secondary">No rule matches this event.</p>
      )}
    </div>
  );
}
