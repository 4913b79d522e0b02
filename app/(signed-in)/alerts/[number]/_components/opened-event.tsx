import { Suspense } from "react";
import { type EventKey, encodeEventKey } from "#lib/events/event-key.ts";
import { EventView } from "../../../events/_components/event-view.tsx";

/** The event that was chosen on the alert's page, and its original record. */
export function OpenedEvent({ eventKey, ...when }: { eventKey: EventKey | null; zone: string; now: Date }) {
  if (!eventKey) return null;
  return (
    <div id="record">
      <Suspense key={encodeEventKey(eventKey)} fallback={<p className="secondary">Loading the record…</p>}>
        <EventView eventKey={eventKey} {...when} />
      </Suspense>
    </div>
  );
}
