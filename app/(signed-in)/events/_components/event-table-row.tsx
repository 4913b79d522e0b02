"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ClientBehind } from "#lib/events/client.ts";
import type { MarkedEventRow } from "#lib/events/event-row.ts";
import { AccountName } from "../../../_ui/account-name.tsx";
import { MachineText } from "../../../_ui/machine-text.tsx";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import { OperationText } from "../../alerts/_components/operation-text.tsx";
import { CLASS_WORDS, OUTCOME_WORDS, PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { DetectionMark } from "./detection-mark.tsx";
import { EventValue } from "./event-value.tsx";
import classes from "./events-table.module.css";
import { InferredClient } from "./inferred-client.tsx";
import { newnessWords } from "./words.ts";

type EventTableRowProps = {
  row: MarkedEventRow;
  /** Who stands behind "AWS Internal". */
  client: ClientBehind | undefined;
  accounts: ReadonlyMap<string, string>;
  href: Route;
  isSelected: boolean;
  hideActor: boolean;
  zone: string;
  now: Date;
};

export function EventTableRow(props: EventTableRowProps) {
  const { row, client, accounts, href, isSelected, hideActor, zone, now } = props;
  return (
    <tr data-row={row.id} data-selected={isSelected}>
      <td data-column="time">
        <Link
          href={href}
          className={lines.open}
          aria-current={isSelected ? "true" : undefined}
          scroll={false}
          prefetch={false}
        >
          <Time time={row.occurredAt} zone={zone} now={now} />
        </Link>
      </td>
      <td data-column="platform">
        <EventValue of="platform" value={row.platform} words={PLATFORM_WORDS[row.platform]}>
          {PLATFORM_WORDS[row.platform]}
        </EventValue>
      </td>
      <td data-column="operation">
        <Operation row={row} />
      </td>
      {hideActor ? null : (
        <td data-column="actor">
          {row.actor ? (
            <EventValue of="actor" value={row.actor.id} words={row.actor.name}>
              <AccountName account={row.actor.name} name={accounts.get(row.actor.name)} />
            </EventValue>
          ) : (
            <None />
          )}
        </td>
      )}
      <td data-column="image">
        <Images row={row} />
      </td>
      <td data-column="account">
        {row.account === null ? (
          <None />
        ) : (
          <EventValue of="account" value={row.account}>
            <AccountName account={row.account} name={accounts.get(row.account)} />
          </EventValue>
        )}
      </td>
      <td data-column="region">
        {row.region === null ? (
          <None />
        ) : (
          <EventValue of="region" value={row.region}>
            <span className={classes.text} title={row.region}>
              {row.region}
            </span>
          </EventValue>
        )}
      </td>
      <td data-column="source">
        <Source row={row} client={client} />
      </td>
      <td data-column="detections">
        <Detections row={row} />
      </td>
      <td data-column="new">
        <Newness row={row} />
      </td>
    </tr>
  );
}

type CellProps = { row: MarkedEventRow };

/** What was done; how it ended when that is not what one expects. */
function Operation({ row: { operation, outcome, errorCode } }: CellProps) {
  return (
    <span className={classes.several}>
      <EventValue of="operation" value={operation}>
        <OperationText operation={operation} className={classes.text} />
      </EventValue>
      {outcome === "success" ? null : (
        <span className={classes.firm}>
          <EventValue of="outcome" value={outcome} words={OUTCOME_WORDS[outcome]}>
            <span className={classes.side} title={errorCode ?? undefined}>
              {OUTCOME_WORDS[outcome]}
            </span>
          </EventValue>
        </span>
      )}
    </span>
  );
}

/** An event that copies an image names the new one and its source: the first is written, the others counted. */
function Images({ row: { images } }: CellProps) {
  const [first, ...others] = images;
  if (!first) return <None />;
  const whole = (image: typeof first) => `${image.name}${image.tag ? `:${image.tag}` : ""}`;
  return (
    <span
      className={classes.several}
      title={images.map((image) => `${image.role}: ${whole(image)}`).join("\n")}
    >
      <EventValue of="image" value={first.id} words={first.name}>
        <MachineText text={whole(first)} />
      </EventValue>
      {others.length > 0 ? <span className={classes.more}>+{others.length}</span> : null}
    </span>
  );
}

type SourceProps = CellProps & { client: ClientBehind | undefined };

function Source({ row: { sourceIp, addressClass, network }, client }: SourceProps) {
  if (sourceIp === null) return <None />;
  return (
    <span className={classes.several} data-hidden={client !== undefined}>
      <EventValue of="address" value={sourceIp}>
        <MachineText text={sourceIp} />
      </EventValue>
      {client ? (
        <InferredClient behind={client} isShort />
      ) : network ? (
        <EventValue of="network" value={network.key}>
          <span className={classes.side} title={network.name ?? network.key}>
            {network.name ?? network.key}
          </span>
        </EventValue>
      ) : (
        <EventValue of="class" value={addressClass} words={CLASS_WORDS[addressClass]}>
          <span className={classes.side}>{CLASS_WORDS[addressClass]}</span>
        </EventValue>
      )}
    </span>
  );
}

function Detections({ row: { detections } }: CellProps) {
  const [worst, ...others] = detections;
  if (!worst) return <None />;
  return (
    <span className={classes.several}>
      <DetectionMark detection={worst} />
      {others.length > 0 ? <span className={classes.more}>+{others.length}</span> : null}
    </span>
  );
}

function Newness({ row: { newness } }: CellProps) {
  if (!newness) return null;
  const words = newnessWords(newness);
  return (
    <span className={newness.isShort ? classes.muted : classes.text} title={words}>
      {words}
    </span>
  );
}

function None() {
  return <span className="secondary">–</span>;
}
