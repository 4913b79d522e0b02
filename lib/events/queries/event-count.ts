import type { EventFilter } from "../event-filter.ts";
import { planOf } from "./event-where.ts";
import { type Counted, countAlong, type Effort, inWalk, USUAL_EFFORT } from "./walk.ts";

/** Beyond this events are not counted, only known to be more. */
const COUNT_LIMIT = 10_000;

/** How many events a filter asks for: exactly, or up to the limit, or as many as were found before the time was up. */
export async function countEvents(
  filter: EventFilter,
  now: Date,
  effort: Effort = USUAL_EFFORT,
  limit: number = COUNT_LIMIT,
): Promise<Counted> {
  const walk = { plan: planOf(filter, now), descending: true, start: undefined };
  return await inWalk((client) => countAlong(client, walk, limit, effort));
}
