import { z } from "zod";
import { SEVERITIES } from "#lib/detection/severity.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { ADDRESS_CLASSES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { choices, textParam, timeParams } from "#lib/parse-choice.ts";
import { ALERT_STATUSES, VERDICTS } from "./alert.ts";
import { ALERT_SORTS, type AlertFilter, QUEUE_TABS, TIMINGS } from "./alert-filter.ts";

const text = textParam(200);

const alertFilterSchema = z.object({
  queue: z.enum(QUEUE_TABS).catch("open"),
  severity: choices(z.enum(SEVERITIES)),
  status: choices(z.enum(ALERT_STATUSES)),
  assignee: choices(z.guid()),
  verdict: choices(z.enum(VERDICTS)),
  platform: choices(z.enum(PLATFORMS)),
  account: choices(text),
  region: choices(text),
  operation: choices(text),
  rule: choices(text),
  actor: choices(z.guid()),
  image: choices(z.guid()),
  class: choices(z.enum(ADDRESS_CLASSES)),
  address: choices(text),
  outcome: choices(z.enum(OUTCOMES)),
  signal: choices(z.enum(SIGNALS)),
  entry: choices(z.guid()),
  q: text.optional().catch(undefined),
  count: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
  ...timeParams,
  timing: z.enum(TIMINGS).optional().catch(undefined),
  visibleFrom: timeParams.from,
  visibleTo: timeParams.to,
  sort: z.enum(ALERT_SORTS).catch("-time"),
});

/**
 * The filter of a page's search parameters, as the person asks for it. People edit URLs: what cannot be read is dropped,
 * and as the filter in force is always shown, that is seen.
 */
export function parseAlertFilter(
  params: Record<string, string | string[] | undefined>,
  personId: string,
): AlertFilter {
  const { q, count, range, from, to, timing, visibleFrom, visibleTo, ...rest } =
    alertFilterSchema.parse(params);
  return { ...rest, personId, q, count, range, from, to, timing, visibleFrom, visibleTo };
}
