import { Suspense } from "react";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { Beside } from "../../../events/_components/beside.tsx";
import { EventPanel } from "../../../events/_components/event-panel.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import classes from "./layout.module.css";

type OpenEventProps = {
  base: EventsBase;
  filter: EventFilter;
  page: string | undefined;
  selected: string | null;
  zone: string;
  now: Date;
};

/** The event that is open, beside the timeline and the table, both of which may have opened it. */
export function OpenEvent({ base, filter, page, selected, zone, now }: OpenEventProps) {
  const eventKey = decodeEventKey(selected);
  if (!eventKey) return null;
  return (
    <Beside label="Event opened beside" closeHref={eventsHref(base, filter, { page })}>
      <Suspense key={selected} fallback={<p className={classes.loading}>Loading the event…</p>}>
        <EventPanel {...{ eventKey, base, filter, zone, now }} />
      </Suspense>
    </Beside>
  );
}
