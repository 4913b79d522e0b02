import { Suspense } from "react";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { ActiveFilters } from "../../../events/_components/active-filters.tsx";
import { EventCount } from "../../../events/_components/event-count.tsx";
import { EventsBar } from "../../../events/_components/events-bar.tsx";
import { EventsWithPanel } from "../../../events/_components/events-with-panel.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import classes from "./layout.module.css";

type ActorEventsProps = {
  base: EventsBase;
  filter: EventFilter;
  params: Record<string, string | string[] | undefined>;
  zone: string;
  now: Date;
};

/** The events of the timeline's window as a table, with filters of their own. */
export function ActorEvents({ base, filter, params, zone, now }: ActorEventsProps) {
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
      <EventsWithPanel {...list} params={params} />
    </section>
  );
}
