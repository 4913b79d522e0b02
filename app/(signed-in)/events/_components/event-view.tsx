import type { EventFilter } from "#lib/events/event-filter.ts";
import { type EventKey, encodeEventKey } from "#lib/events/event-key.ts";
import { parseEventFilter } from "#lib/events/parse-event-filter.ts";
import { listClientsOf } from "#lib/events/queries/clients.ts";
import { getEvent } from "#lib/events/queries/event.ts";
import { readingOf } from "#lib/ingest/mappings/queries.ts";
import { getRecord } from "#lib/ingest/queries.ts";
import { recordProvenance } from "#lib/logs/provenance.ts";
import { listNames } from "#lib/triage/queries/names.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { EVENTS_PAGE, type EventsBase } from "../search-params.ts";
import { EventFields } from "./event-fields.tsx";
import { EventInSumo } from "./event-in-sumo.tsx";
import { EventPivots } from "./event-pivots.tsx";
import classes from "./event-view.module.css";
import { RecordText } from "./record-text.tsx";

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
  if (!event) return <p className={classes.gone}>This event is no longer stored.</p>;
  const [names, reading, clients, accounts] = await Promise.all([
    listNames(event.actorId ? [event.actorId] : []),
    readingOf(event.details),
    listClientsOf([event]),
    accountNames([event.account]),
  ]);
  const accountName = (event.account && accounts.get(event.account)) ?? null;
  const client = clients.get(event.id) ?? null;
  return (
    <section className={classes.section} aria-label="Event" id="event">
      <h2>Event</h2>
      <div className={classes.columns}>
        <EventPivots base={base ?? EVENTS_PAGE} filter={filter ?? parseEventFilter({})}>
          <div>
            <EventFields
              {...{ event, names, accountName, client, zone, now }}
              provenance={record ? recordProvenance(record.text, reading) : null}
            />
            <EventInSumo event={event} />
          </div>
        </EventPivots>
        {record ? (
          <div>
            <p className={classes.place}>
              Record {record.index.toLocaleString("en-GB")} of <bdi className="mono">{record.importName}</bdi>
              ,
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
        ) : (
          <p className={classes.gone}>Its original record is no longer kept: retention has deleted it.</p>
        )}
      </div>
    </section>
  );
}
