import type { ReactNode } from "react";
import type { ClientBehind } from "#lib/events/client.ts";
import type { EventChoiceKey } from "#lib/events/event-filter.ts";
import type { EventDetail } from "#lib/events/queries/event.ts";
import { mappedBySchema } from "#lib/ingest/mappings/mapping.ts";
import type { AddressClass, EventOutcome, LogSource, Platform } from "#lib/logs/normalize/event.ts";
import {
  detailField,
  detailText,
  imageField,
  type Provenance,
  type ProvenanceField,
} from "#lib/logs/normalize/provenance.ts";
import { asOfWords, placeWords } from "../../../_addresses/address-place.tsx";
import { accountWords } from "../../../_ui/account-name.tsx";
import { Copyable } from "../../../_ui/copy-value.tsx";
import { Fields } from "../../../_ui/fields.tsx";
import { TimeWithUtc } from "../../../_ui/time.tsx";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { ClientBehindInternal } from "./client-behind.tsx";
import { EventValue } from "./event-value.tsx";
import classes from "./event-view.module.css";
import { AboutRawFields, WithRawFields } from "./raw-fields.tsx";
import { detailWords, LOG_WORDS } from "./words.ts";

type EventFieldsProps = {
  event: EventDetail;
  names: ReadonlyMap<string, string>;
  /** What its account is called. */
  accountName: string | null;
  /** Who stands behind its address, where that names no client. */
  client: ClientBehind | null;
  provenance: Provenance | null;
  zone: string;
  now: Date;
};

type Row = [name: string, value: ReactNode, from?: ProvenanceField];

/** What was made of a record, each value beside the raw fields that gave it. */
export function EventFields(props: EventFieldsProps) {
  const { event, names, accountName, client, provenance, zone, now } = props;
  const rows = [
    ...factRows(event, { names, accountName }, zone, now),
    ...clientRows(event, client, zone, now),
    ...imageRows(event),
    ...detailRows(event, provenance),
    ...idRows(event),
  ];
  return (
    <>
      <AboutRawFields provenance={provenance} version={event.normalizer} />
      <Fields
        fields={rows.map(([name, value, from]) => [
          name,
          value === null ? null : (
            <WithRawFields key={name} paths={(from && provenance?.get(from)) ?? []}>
              {value}
            </WithRawFields>
          ),
        ])}
      />
    </>
  );
}

type Named = Pick<EventFieldsProps, "names" | "accountName">;

function factRows(event: EventDetail, { names, accountName }: Named, zone: string, now: Date): Row[] {
  const { actorId, outcome, addressClass } = event;
  const actorName = actorId && (names.get(actorId) ?? actorId);
  return [
    ["Time", <TimeWithUtc key="time" time={event.occurredAt} zone={zone} now={now} />, "occurredAt"],
    ["Platform", handle("platform", event.platform, PLATFORM_WORDS[event.platform as Platform])],
    ["Service", machine("service", event.service), "service"],
    ["Operation", machine("operation", event.operation), "operation"],
    ["Outcome", handle("outcome", outcome, OUTCOME_WORDS[outcome as EventOutcome]), "outcome"],
    ["Error", event.errorCode === null ? null : <bdi key="error">{event.errorCode}</bdi>, "errorCode"],
    ["Actor", machine("actor", actorId, actorName ?? ""), "actor"],
    ["Principal", id(event.principal, "principal"), "principal"],
    ["Session", machine("session", event.session), "session"],
    ["Access key", machine("key", event.accessKey), "accessKey"],
    ["Account", machine("account", event.account, accountWords(event.account ?? "", accountName)), "account"],
    ["Region", machine("region", event.region), "region"],
    ["Source", machine("address", event.sourceIp), "sourceIp"],
    ["Address class", handle("class", addressClass, CLASS_WORDS[addressClass as AddressClass])],
    ["Network", machine("network", event.network)],
    ["Place", placeRow(event.sourceIp)],
    ["External", event.isExternal === null ? null : event.isExternal ? "yes" : "no", "isExternal"],
    ["User agent", machine("agent", event.userAgent), "userAgent"],
  ];
}

function placeRow(address: string | null): ReactNode {
  const words = placeWords(address);
  if (words === null) return null;
  return (
    <>
      <bdi>{words}</bdi> <span className="secondary">({asOfWords()})</span>
    </>
  );
}

function clientRows(event: EventDetail, client: ClientBehind | null, zone: string, now: Date): Row[] {
  if (!client) return [];
  const hasKey = event.accessKey !== null;
  return [["Client", <ClientBehindInternal key="client" behind={client} {...{ hasKey, zone, now }} />]];
}

function imageRows({ images }: EventDetail): Row[] {
  return images.map((image) => {
    const { id: imageId, role, key, tag, digest } = image;
    const text = `${key}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
    return [
      `Image ${role}`,
      machine("image", imageId, text),
      imageField({ role: role as Parameters<typeof imageField>[0]["role"], key, tag, digest }),
    ];
  });
}

function detailRows({ details }: EventDetail, provenance: Provenance | null): Row[] {
  if (typeof details !== "object" || details === null || Array.isArray(details)) return [];
  return Object.entries(details).map(([key, value]) => {
    if (key === "mapping") return ["Mapped by", mappedByWords(details)];
    if (!Array.isArray(value)) return [detailWords(key), machineWords(value), detailField(key)];
    const members = [...new Set(value.map(detailText))];
    return [detailWords(key), <Members key={key} {...{ of: key, members, provenance }} />];
  });
}

/** A list of them is anybody's word. */
const MOST_MEMBERS = 50;

type MembersProps = { of: string; members: readonly string[]; provenance: Provenance | null };

/** The members of a list, each beside the raw fields that gave it. */
function Members({ of, members, provenance }: MembersProps) {
  const more = members.length - MOST_MEMBERS;
  return (
    <>
      {members.slice(0, MOST_MEMBERS).map((member) => (
        <WithRawFields key={member} paths={provenance?.get(detailField(of, member)) ?? []}>
          <span className={classes.member}>{machineWords(member)}</span>
        </WithRawFields>
      ))}
      {more > 0 ? <span className="secondary">and {more} more</span> : null}
    </>
  );
}

function mappedByWords(details: unknown): ReactNode {
  const by = mappedBySchema.safeParse(details);
  if (!by.success) return null;
  const { name, version } = by.data.mapping;
  return (
    <>
      <bdi>{name}</bdi>, version {version}
    </>
  );
}

function machineWords(value: unknown): ReactNode {
  return <bdi className="mono">{detailText(value)}</bdi>;
}

function idRows(event: EventDetail): Row[] {
  return [
    ["Record id", id(event.nativeId, "record id"), "nativeId"],
    ["Correlation id", id(event.correlationId, "correlation id"), "correlationId"],
    ["Event id", id(event.id, "event id")],
    ["Log", handle("log", event.logSource, LOG_WORDS[event.logSource as LogSource]), "logSource"],
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
