import type { ReactNode } from "react";
import type { EventChoiceKey, EventFilter } from "#lib/events/event-filter.ts";
import { type EventKey, encodeEventKey } from "#lib/events/event-key.ts";
import { parseEventFilter } from "#lib/events/parse-event-filter.ts";
import { type EventDetail, getEvent } from "#lib/events/queries/event.ts";
import { getRecord } from "#lib/ingest/queries.ts";
import type { AddressClass, EventOutcome, LogSource, Platform } from "#lib/logs/normalize/event.ts";
import { listNames } from "#lib/triage/queries/names.ts";
import { Copyable } from "../../../_ui/copy-value.tsx";
import { Fields } from "../../../_ui/fields.tsx";
import { TimeWithUtc } from "../../../_ui/time.tsx";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { EVENTS_PAGE, type EventsBase } from "../search-params.ts";
import { EventInSumo } from "./event-in-sumo.tsx";
import { EventPivots } from "./event-pivots.tsx";
import { EventValue } from "./event-value.tsx";
import classes from "./event-view.module.css";
import { RecordText } from "./record-text.tsx";
import { LOG_WORDS } from "./words.ts";

/** A longer record would make the page slow; all of it can be downloaded. */
const SHOWN_LENGTH = 256 * 1024;

type EventViewProps = {
  eventKey: EventKey;
  zone: string;
  now: Date;
  /** The list that its values narrow; without one, that of all events. */
  base?: EventsBase;
  filter?: EventFilter;
};

/** One event: what was made of its record, and the record as it was received. */
export async function EventView({ eventKey, zone, now, base, filter }: EventViewProps) {
  const [event, record] = await Promise.all([
    getEvent(eventKey),
    getRecord(eventKey.occurredAt, eventKey.id),
  ]);
  if (!event || !record) return <p className={classes.gone}>This event is no longer stored.</p>;
  const names = await listNames(event.actorId ? [event.actorId] : []);
  return (
    <section className={classes.section} aria-label="Event" id="event">
      <h2>Event</h2>
      <div className={classes.columns}>
        <EventPivots base={base ?? EVENTS_PAGE} filter={filter ?? parseEventFilter({})}>
          <div>
            <Fields fields={fieldsOf(event, names, zone, now)} />
            <EventInSumo event={event} />
          </div>
        </EventPivots>
        <div>
          <p className={classes.place}>
            Record {record.index.toLocaleString("en-GB")} of <bdi className="mono">{record.importName}</bdi>,
            {record.entry ? (
              <>
                {" "}
                file <bdi className="mono">{record.entry}</bdi>,
              </>
            ) : null}{" "}
            line {record.line.toLocaleString("en-GB")}, byte {record.byteOffset.toLocaleString("en-GB")}
          </p>
          <RecordText
            text={record.text.slice(0, SHOWN_LENGTH)}
            isWhole={record.text.length <= SHOWN_LENGTH}
            downloadHref={`/api/records/${encodeEventKey(eventKey)}`}
          />
        </div>
      </div>
    </section>
  );
}

function fieldsOf(
  event: EventDetail,
  names: ReadonlyMap<string, string>,
  zone: string,
  now: Date,
): [string, ReactNode][] {
  const { actorId, outcome, addressClass } = event;
  const classWords = CLASS_WORDS[addressClass as AddressClass];
  const outcomeWords = OUTCOME_WORDS[outcome as EventOutcome];
  const actorName = actorId && (names.get(actorId) ?? actorId);
  return [
    ["Time", <TimeWithUtc key="time" time={event.occurredAt} zone={zone} now={now} />],
    ["Platform", handle("platform", event.platform, PLATFORM_WORDS[event.platform as Platform])],
    ["Service", machine("service", event.service)],
    ["Operation", machine("operation", event.operation)],
    [
      "Outcome",
      <span key="outcome">
        {handle("outcome", outcome, outcomeWords)}
        {event.errorCode ? <bdi>: {event.errorCode}</bdi> : null}
      </span>,
    ],
    ["Actor", machine("actor", actorId, actorName ?? "")],
    ["Principal", id(event.principal, "principal")],
    ["Session", machine("session", event.session)],
    ["Access key", machine("key", event.accessKey)],
    ["Account", machine("account", event.account)],
    ["Region", machine("region", event.region)],
    ["Source", machine("address", event.sourceIp)],
    ["Address class", handle("class", addressClass, classWords)],
    ["Network", machine("network", event.network)],
    ["External", event.isExternal === null ? null : event.isExternal ? "yes" : "no"],
    ["User agent", machine("agent", event.userAgent)],
    ...event.images.map(({ id: imageId, role, key, tag, digest }): [string, ReactNode] => [
      `Image ${role}`,
      machine("image", imageId, `${key}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`),
    ]),
    ["Record id", id(event.nativeId, "record id")],
    ["Correlation id", id(event.correlationId, "correlation id")],
    ["Event id", id(event.id, "event id")],
    ["Log", handle("log", event.logSource, LOG_WORDS[event.logSource as LogSource])],
  ];
}

/** A value by which events are found. */
function handle(of: EventChoiceKey, value: string | null, words = value ?? ""): ReactNode {
  if (value === null) return null;
  return (
    <EventValue of={of} value={value} words={words}>
      <bdi className={classes.value}>{words}</bdi>
    </EventValue>
  );
}

/** The same of what a machine made. */
function machine(of: EventChoiceKey, value: string | null, words = value ?? ""): ReactNode {
  return value === null ? null : <span className="mono">{handle(of, value, words)}</span>;
}

/** One that is only copied. */
function id(value: string | null, label: string): ReactNode {
  if (value === null) return null;
  return (
    <Copyable value={value} label={`Copy ${label}`}>
      <bdi className="mono">{value}</bdi>
    </Copyable>
  );
}
