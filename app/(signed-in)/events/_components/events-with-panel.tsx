import { Skeleton } from "@mantine/core";
import { type ReactNode, Suspense } from "react";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { type EventsBase, eventsHref } from "../search-params.ts";
import { Beside } from "./beside.tsx";
import { EventPanel } from "./event-panel.tsx";
import { Events } from "./events.tsx";
import classes from "./events-with-panel.module.css";

type EventsWithPanelProps = {
  base: EventsBase;
  filter: EventFilter;
  /** `page` and `event` of the address, as they stand there. */
  params: Record<string, string | string[] | undefined>;
  zone: string;
  now: Date;
};

/** A page of events, and the one that is open beside it. */
export function EventsWithPanel({ base, filter, params, zone, now }: EventsWithPanelProps) {
  const page = typeof params.page === "string" ? params.page : undefined;
  const eventKey = decodeEventKey(params.event);
  const selected = eventKey ? encodeEventKey(eventKey) : null;
  return (
    <div className={classes.columns}>
      <div className={classes.list}>
        <Suspense key={eventsHref(base, filter, { page })} fallback={<EventsSkeleton />}>
          <Events {...{ base, filter, page, selected, zone, now }} hideActor={base.fixed === "actor"} />
        </Suspense>
      </div>
      {eventKey ? (
        <Beside label="Event opened beside" closeHref={eventsHref(base, filter, { page })}>
          <Suspense key={selected} fallback={<p className={classes.loading}>Loading the event…</p>}>
            <EventPanel {...{ eventKey, base, filter, zone, now }} />
          </Suspense>
        </Beside>
      ) : null}
    </div>
  );
}

const ROWS = Array.from({ length: 24 }, (_, at) => at);

/** As high as the rows to come, so that nothing jumps. */
function EventsSkeleton(): ReactNode {
  return (
    <div aria-busy="true">
      <p className="visually-hidden">Loading events…</p>
      {ROWS.map((row) => (
        <Skeleton key={row} height={16} my={16} mx={20} width="auto" radius="sm" />
      ))}
    </div>
  );
}
