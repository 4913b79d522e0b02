"use client";

import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { ClientBehind } from "#lib/events/client.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import type { MarkedEventRow } from "#lib/events/event-row.ts";
import { ARROW_KEYS, onRowKey } from "../../../_ui/row-keys.ts";
import lines from "../../../_ui/table.module.css";
import { formatTime } from "../../../_ui/time.tsx";
import { type EventsBase, type EventsChange, eventsHref } from "../search-params.ts";
import { EventPivots } from "./event-pivots.tsx";
import { EventTableRow } from "./event-table-row.tsx";
import classes from "./events-table.module.css";

export type EventsTableProps = {
  rows: MarkedEventRow[];
  /** Who stands behind "AWS Internal", by the event's id. */
  clients: ReadonlyMap<string, ClientBehind>;
  /** What accounts and applications are called, by their ids. */
  accounts: ReadonlyMap<string, string>;
  filter: EventFilter;
  base: EventsBase;
  zone: string;
  now: Date;
  /** Cursor of the page that is shown. */
  page: string | undefined;
  /** Cursors of the neighbouring pages. */
  newer: string | null;
  older: string | null;
  /** How far the search came before its time was up. */
  searchedTo: Date | null;
  /** Key of the event that is open beside. */
  selected: string | null;
  hideActor?: boolean;
  /** In place of rows, where there are none. */
  empty?: ReactNode;
};

const COLUMNS = [
  ["time", "Time"],
  ["platform", "Platform"],
  ["operation", "Operation"],
  ["actor", "Actor"],
  ["image", "Image"],
  ["account", "Account"],
  ["region", "Region"],
  ["source", "Source"],
  ["detections", "Detections"],
  ["new", "New for the actor"],
] as const;

/** Events one below the other; each opens beside. */
export function EventsTable(props: EventsTableProps) {
  const { rows, clients, accounts, filter, base, zone, now, page, selected, hideActor = false } = props;
  const router = useRouter();
  const href = (change: EventsChange) => eventsHref(base, filter, change);
  const close = () => selected && router.push(href({ page }), { scroll: false });
  const onKeyDown = onRowKey({ ...ARROW_KEYS, ...(selected && { Escape: close }) });
  const keyOf = (row: MarkedEventRow) => encodeEventKey(row);
  const [Arrow, order, sort] =
    filter.sort === "-time"
      ? ([ArrowDown, "descending", "time"] as const)
      : ([ArrowUp, "ascending", null] as const);
  return (
    <EventPivots base={base} filter={filter}>
      {props.empty}
      <div className={`${lines.scroll} ${classes.frame}`} hidden={rows.length === 0}>
        <table
          className={`${lines.table} ${classes.table}`}
          data-without-actor={hideActor}
          onKeyDown={onKeyDown}
        >
          <caption className="visually-hidden">Events, times in {zone}</caption>
          <thead>
            <tr>
              {COLUMNS.filter(([column]) => !(hideActor && column === "actor")).map(([column, words]) => (
                <th
                  key={column}
                  scope="col"
                  data-column={column}
                  aria-sort={column === "time" ? order : undefined}
                >
                  {column === "time" ? (
                    <Link href={href({ sort })} className={classes.sort}>
                      {words} <Arrow size={12} aria-hidden="true" />
                    </Link>
                  ) : (
                    words
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <EventTableRow
                key={keyOf(row)}
                row={row}
                client={clients.get(row.id)}
                accounts={accounts}
                href={href({ page, event: keyOf(row) })}
                isSelected={selected === keyOf(row)}
                {...{ zone, now, hideActor }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Pager {...props} href={href} />
    </EventPivots>
  );
}

type PagerProps = EventsTableProps & { href: (change: EventsChange) => ReturnType<typeof eventsHref> };

/** The neighbouring pages, and how far the search came where it could not be told in time whether there is more. */
function Pager({ rows, filter, zone, now, page, newer, older, searchedTo, href }: PagerProps) {
  const isBack = page?.startsWith("before") ?? false;
  const isForwards = (filter.sort === "-time") !== isBack;
  const goesOn = searchedTo !== null;
  return (
    <nav className={lines.pager} aria-label="Pages">
      {rows.length > 0 ? <span className={classes.zone}>Times in {zone}</span> : null}
      {searchedTo ? (
        <span role="status">
          Searched {isForwards ? "back" : "up"} to {formatTime(searchedTo, zone, now)}; there may be more.
        </span>
      ) : null}
      {newer ? (
        <Link href={href({ page: newer })} rel="prev">
          <ChevronLeft size={14} aria-hidden="true" />{" "}
          {goesOn && isBack ? "go on searching" : "previous page"}
        </Link>
      ) : null}
      {older ? (
        <Link href={href({ page: older })} rel="next">
          {goesOn && !isBack ? "go on searching" : "next page"} <ChevronRight size={14} aria-hidden="true" />
        </Link>
      ) : null}
    </nav>
  );
}
