import { getRecord } from "#lib/ingest/queries.ts";
import type { AddressClass } from "#lib/logs/normalize/event.ts";
import { type EventDetail, type EventKey, encodeEventKey, getEvent } from "#lib/triage/queries/event.ts";
import { CopyValue } from "../../../../_ui/copy-value.tsx";
import { Fields } from "../../../../_ui/fields.tsx";
import { TimeWithUtc } from "../../../../_ui/time.tsx";
import { CLASS_WORDS } from "../../_components/words.ts";
import classes from "./event-view.module.css";
import layout from "./layout.module.css";
import { RecordText } from "./record-text.tsx";

/** A longer record would make the page slow; all of it can be downloaded. */
const SHOWN_LENGTH = 256 * 1024;

type EventViewProps = { eventKey: EventKey; zone: string; now: Date };

/** One event: what was made of its record, and the record as it was received. */
export async function EventView({ eventKey, zone, now }: EventViewProps) {
  const [event, record] = await Promise.all([
    getEvent(eventKey),
    getRecord(eventKey.occurredAt, eventKey.id),
  ]);
  if (!event || !record) return <p className="secondary">This event is no longer stored.</p>;
  return (
    <section className={layout.section} aria-label="Event" id="event">
      <h2>Event</h2>
      <div className={classes.columns}>
        <Fields fields={fieldsOf(event, zone, now)} />
        <div>
          <p className={classes.place}>
            Record {record.index.toLocaleString("en-GB")} of <span className="mono">{record.importName}</span>
            , line {record.line.toLocaleString("en-GB")}, byte {record.byteOffset.toLocaleString("en-GB")}
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

function fieldsOf(event: EventDetail, zone: string, now: Date): [string, React.ReactNode][] {
  const id = (value: string | null, label: string) =>
    value === null ? null : (
      <span className={classes.id}>
        <span className="mono">{value}</span> <CopyValue value={value} label={`Copy ${label}`} />
      </span>
    );
  const source = event.sourceIp && `${event.sourceIp} (${CLASS_WORDS[event.addressClass as AddressClass]})`;
  return [
    ["Time", <TimeWithUtc key="time" time={event.occurredAt} zone={zone} now={now} />],
    ["Operation", event.operation],
    ["Service", event.service],
    ["Outcome", event.errorCode ? `${event.outcome}: ${event.errorCode}` : event.outcome],
    ["Principal", id(event.principal, "principal")],
    ["Session", id(event.session, "session")],
    ["Access key", id(event.accessKey, "access key")],
    ["Account", id(event.account, "account")],
    ["Region", event.region],
    ["Source", source],
    ["External", event.isExternal === null ? null : event.isExternal ? "yes" : "no"],
    ["User agent", event.userAgent],
    ...event.images.map(({ role, key, tag, digest }): [string, React.ReactNode] => [
      `Image ${role}`,
      id(`${key}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`, "image"),
    ]),
    ["Record's id", id(event.nativeId, "record's id")],
    ["Correlation", id(event.correlationId, "correlation id")],
    ["Event", id(event.id, "event id")],
    ["Log", event.logSource],
  ];
}
