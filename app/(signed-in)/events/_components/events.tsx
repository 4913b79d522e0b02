import Link from "next/link";
import { type EventFilter, isFiltered } from "#lib/events/event-filter.ts";
import { listClientsOf } from "#lib/events/queries/clients.ts";
import { listEvents } from "#lib/events/queries/event-list.ts";
import { countImports } from "#lib/ingest/queries.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { formatTime } from "../../../_ui/time.tsx";
import { type EventsBase, unfilteredHref } from "../search-params.ts";
import { EventsTable } from "./events-table.tsx";

type EventsProps = {
  base: EventsBase;
  filter: EventFilter;
  /** Cursor of the page. */
  page: string | undefined;
  /** Key of the event that is open beside. */
  selected: string | null;
  hideActor?: boolean;
  zone: string;
  now: Date;
};

/** One page of events, or why there are none. */
export async function Events(props: EventsProps) {
  const { base, filter, page, zone, now } = props;
  const { rows, ...pages } = await listEvents(filter, now, page);
  const [clients, accounts] = await Promise.all([
    listClientsOf(rows),
    accountNames(rows.flatMap(({ account, actor }) => [account, actor?.name ?? null])),
  ]);
  const empty = { base, filter, zone, now, searchedTo: pages.searchedTo, isBeyond: page !== undefined };
  return (
    <EventsTable
      rows={rows}
      clients={clients}
      accounts={accounts}
      {...props}
      {...pages}
      empty={rows.length === 0 ? <NoEvents {...empty} /> : null}
    />
  );
}

type NoEventsProps = {
  base: EventsBase;
  filter: EventFilter;
  zone: string;
  now: Date;
  searchedTo: Date | null;
  /** Whether pages were looked at before. */
  isBeyond: boolean;
};

/** Why nothing is here, and what would change that. */
async function NoEvents({ base, filter, zone, now, searchedTo, isBeyond }: NoEventsProps) {
  if (searchedTo) {
    return (
      <Notice title={`No event matches as far as ${formatTime(searchedTo, zone, now)}`}>
        The search stopped there to answer in time. Go on searching below, or narrow it by actor, image,
        address, operation or account, by which events are found at once.
      </Notice>
    );
  }
  if (isBeyond) return <Notice title="No further event matches these filters" />;
  if (isFiltered(filter, base.fixed)) {
    return (
      <Notice title="No event matches these filters">
        <Link href={unfilteredHref(base)}>Clear all filters</Link>
      </Notice>
    );
  }
  if ((await countImports()) === 0) {
    return (
      <Notice title="No logs have been imported yet">
        Events appear once a log is imported. <Link href="/imports">Import logs</Link>
      </Notice>
    );
  }
  return (
    <Notice title="No event is stored">
      The imports brought no record that could be read. <Link href="/imports">See the imports</Link>
    </Notice>
  );
}
