import { z } from "zod";
import { ADDRESS_CLASSES, LOG_SOURCES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { choices, textParam, timeParams } from "#lib/parse-choice.ts";
import { isStorable } from "#lib/storable.ts";
import { DETECTION_FILTERS, EVENT_SORTS, type EventFilter, LONGEST_VALUE } from "./event-filter.ts";

/** As it stands in the log, blanks at its ends included. */
const value = choices(z.string().min(1).max(LONGEST_VALUE).refine(isStorable));

const eventFilterSchema = z.object({
  platform: choices(z.enum(PLATFORMS)),
  service: value,
  operation: value,
  outcome: choices(z.enum(OUTCOMES)),
  account: value,
  region: value,
  class: choices(z.enum(ADDRESS_CLASSES)),
  address: value,
  network: value,
  actor: choices(z.guid()),
  image: choices(z.guid()),
  session: value,
  key: value,
  agent: value,
  log: choices(z.enum(LOG_SOURCES)),
  q: textParam(200).optional().catch(undefined),
  detections: z.enum(DETECTION_FILTERS).optional().catch(undefined),
  ...timeParams,
  sort: z.enum(EVENT_SORTS).catch("-time"),
});

/**
 * The filter of a page's search parameters. People edit URLs: what cannot be read is dropped, and as the filter in force is
 * always shown, that is seen.
 */
export function parseEventFilter(params: Record<string, string | string[] | undefined>): EventFilter {
  const { q, detections, range, from, to, ...rest } = eventFilterSchema.parse(params);
  return { ...rest, q, detections, range, from, to };
}
