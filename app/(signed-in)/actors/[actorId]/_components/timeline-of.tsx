import Link from "next/link";
import { Suspense } from "react";
import type { ActorSummary } from "#lib/actors/actor.ts";
import { windowOf } from "#lib/actors/timeline/window.ts";
import { timeBounds } from "#lib/choice.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { Time } from "../../../../_ui/time.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import classes from "./layout.module.css";
import { Timeline } from "./timeline.tsx";

type TimelineOfProps = {
  actor: ActorSummary;
  base: EventsBase;
  filter: EventFilter;
  selected: string | null;
  zone: string;
  now: Date;
};

/** The timeline of the window that the address asks for, or why it is empty. */
export function TimelineOf({ actor, base, filter, selected, zone, now }: TimelineOfProps) {
  const life = { from: actor.firstSeen.getTime(), to: actor.lastSeen.getTime() };
  const { from, to } = timeBounds(filter, now);
  const window = windowOf(life, from?.getTime(), to?.getTime());
  if (!window) {
    return (
      <p className={classes.notice}>
        Nothing is known of this actor in the window that is asked for: it was seen from{" "}
        <Time time={actor.firstSeen} zone={zone} now={now} /> to{" "}
        <Time time={actor.lastSeen} zone={zone} now={now} />.{" "}
        <Link href={eventsHref(base, filter, { range: null, from: null, to: null })}>Show all</Link>
      </p>
    );
  }
  return (
    <Suspense fallback={<p className={classes.notice}>Drawing the timeline…</p>}>
      <Timeline {...{ actor, life, window, base, filter, selected, zone, now }} />
    </Suspense>
  );
}
