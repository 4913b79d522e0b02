import { type EventFilter, isFiltered } from "#lib/events/event-filter.ts";
import { countEvents } from "#lib/events/queries/event-count.ts";
import type { EventsBase } from "../search-params.ts";
import { countWords } from "./words.ts";

/** How many events there are, as exactly as can be told in time. */
export async function EventCount({
  base,
  filter,
  now,
}: {
  base: EventsBase;
  filter: EventFilter;
  now: Date;
}) {
  const counted = await countEvents(filter, now);
  return (
    <span className="secondary" role="status">
      {countWords(counted, isFiltered(filter, base.fixed))}
    </span>
  );
}
