import { Suspense } from "react";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { ActiveFilters } from "../../../events/_components/active-filters.tsx";
import { EventCount } from "../../../events/_components/event-count.tsx";
import { Events } from "../../../events/_components/events.tsx";
import { EventsBar } from "../../../events/_components/events-bar.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import classes from "./layout.module.css";

type ActorEventsProps = {
  base: EventsBase;
  filter: EventFilter;
  /** Cursor of the page. */
  page: string | undefined;
  /** Key of the event that is open beside. */
  selected: string | null;
  zone: string;
  now: Date;
};

/** The events of the timeline's window as a table, with filters of their own. */
export function ActorEvents({ base, filter, page, selected, zone, now }: ActorEventsProps) {
  const list = { base, filter, zone, now };
  const key = eventsHref(base, filter);
  return (
    <section aria-labelledby="actor-events">
      <div className={classes.eventsHead}>
        <h2 id="actor-events">Events</h2>
        <Suspense key={key} fallback={<span className="secondary">counting…</span>}>
          <EventCount {...list} />
        </Suspense>
      </div>
      <EventsBar key={`bar ${key}`} {...list} />
      <ActiveFilters {...list} />
      <Suspense
        key={eventsHref(base, filter, { page })}
        fallback={<p className={classes.loading}>Loading events…</p>}
      >
        <Events {...{ page, selected }} {...list} hideActor />
      </Suspense>
    </section>
  );
}
