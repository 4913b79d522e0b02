import type { EventDetail } from "#lib/events/queries/event.ts";
import { SumoLinks } from "../../sources/_components/sumo-links.tsx";
import classes from "./event-view.module.css";

/** Clocks differ, and the log tells another time than Sumo filed it under: so much before and after is searched. */
const AROUND_MS = 15 * 60_000;

/** The event's record, and those of its operation, in Sumo. */
export function EventInSumo({ event }: { event: EventDetail }) {
  const { occurredAt, nativeId, correlationId, principal } = event;
  const ids = [nativeId, correlationId].filter((id) => id !== null);
  return (
    <div className={classes.sumo}>
      <SumoLinks
        names={ids.length > 0 ? ids : [principal ?? ""]}
        from={new Date(occurredAt.getTime() - AROUND_MS)}
        to={new Date(occurredAt.getTime() + AROUND_MS)}
      />
    </div>
  );
}
