import { z } from "zod";
import { type Cursor, cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import type { EventFilter } from "../event-filter.ts";
import type { EventKey } from "../event-key.ts";
import type { MarkedEventRow } from "../event-row.ts";
import { readRows } from "./event-rows.ts";
import { planOf } from "./event-where.ts";
import { markNew } from "./first-times.ts";
import { type Effort, findAlong, inWalk, type Start, USUAL_EFFORT } from "./walk.ts";

const EVENTS_PER_PAGE = 50;

export type EventPage = {
  rows: MarkedEventRow[];
  /** Cursors of the pages before and after, where there are any: named after the usual order. */
  newer: string | null;
  older: string | null;
  /** How far the search came before its time was up: the page may be short, and the one that it goes on with holds the rest. */
  searchedTo: Date | null;
};

/**
 * One page of the events that a filter asks for. A page deep down costs what the first costs; where few events pass, the
 * search stops after a time and the next page goes on from there, so that nothing is left out or shown twice.
 */
export async function listEvents(
  filter: EventFilter,
  now: Date,
  cursorText?: string,
  effort: Effort = USUAL_EFFORT,
): Promise<EventPage> {
  const cursor = parsePlace(decodeCursor(cursorText));
  const backwards = cursor?.side === "before";
  const descending = (filter.sort === "-time") !== backwards;
  return await inWalk(async (client) => {
    const walk = { plan: planOf(filter, now), descending, start: cursor?.start };
    const { keys, spentAt } = await findAlong(client, walk, EVENTS_PER_PAGE + 1, effort);
    const more = keys.length > EVENTS_PER_PAGE;
    const shown = keys.slice(0, EVENTS_PER_PAGE);
    const rows = await markNew(client, await readRows(client, shown));
    const onwards = goOn(shown, more, spentAt);
    const back = goBack(shown, cursor);
    if (backwards) rows.reverse();
    return {
      rows,
      newer: encodePlace("before", backwards ? onwards : back),
      older: encodePlace("after", backwards ? back : onwards),
      searchedTo: spentAt?.occurredAt ?? null,
    };
  });
}

type Place = { side: Cursor["side"]; start: Start };

/** Where the walk goes on in its direction. */
function goOn(shown: readonly EventKey[], more: boolean, spentAt: EventKey | null): Start | null {
  const last = more ? shown.at(-1) : spentAt;
  return last ? { at: last, inclusive: false } : null;
}

/** Where it came from. A page that found nothing goes back to the event after which it began, that one included. */
function goBack(shown: readonly EventKey[], cursor: Place | undefined): Start | null {
  if (!cursor) return null;
  const [first] = shown;
  return first
    ? { at: first, inclusive: false }
    : { at: cursor.start.at, inclusive: !cursor.start.inclusive };
}

/** A third part says that the page begins with the event, not beyond it. */
const WITH = "with";
const placeSchema = z.union([
  z.tuple([cursorTimeSchema, z.guid()]),
  z.tuple([cursorTimeSchema, z.guid(), z.literal(WITH)]),
]);

function parsePlace(cursor: Cursor | undefined): Place | undefined {
  const key = placeSchema.safeParse(cursor?.key);
  if (!cursor || !key.success) return undefined;
  const [occurredAt, id, inclusive] = key.data;
  return { side: cursor.side, start: { at: { occurredAt, id }, inclusive: inclusive === WITH } };
}

function encodePlace(side: Cursor["side"], start: Start | null): string | null {
  if (!start) return null;
  const { occurredAt, id } = start.at;
  return encodeCursor({ side, key: [String(occurredAt.getTime()), id, ...(start.inclusive ? [WITH] : [])] });
}
