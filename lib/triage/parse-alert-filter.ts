import { z } from "zod";
import { SEVERITIES } from "#lib/detection/severity.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { ADDRESS_CLASSES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import { isStorable } from "#lib/storable.ts";
import { ALERT_STATUSES, VERDICTS } from "./alert.ts";
import {
  ALERT_SORTS,
  type AlertFilter,
  type Choice,
  QUEUE_TABS,
  RANGES,
  type RangeName,
} from "./alert-filter.ts";

const MAX_VALUES = 50;
const MAX_TEXT = 200;

/** One URL parameter with one value or several. */
function choices<Schema extends z.ZodType<string>>(value: Schema) {
  return z
    .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.unknown()))
    .transform((given) =>
      given.slice(0, MAX_VALUES).flatMap((text): Choice<z.infer<Schema>>[] => {
        if (typeof text !== "string") return [];
        const not = text.startsWith("!");
        const parsed = value.safeParse(not ? text.slice(1) : text);
        return parsed.success ? [{ value: parsed.data, not }] : [];
      }),
    );
}

/** Nothing that is stored holds a NUL. */
const text = z.string().trim().min(1).max(MAX_TEXT).refine(isStorable);
const optionalText = text.optional().catch(undefined);
const time = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given))
  // With an offset a time may fall out of the years that it is written in.
  .refine((given) => given.getUTCFullYear() >= 1 && given.getUTCFullYear() <= 9999)
  .optional()
  .catch(undefined);

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
  q: optionalText,
  count: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
  range: z
    .enum(Object.keys(RANGES) as RangeName[])
    .optional()
    .catch(undefined),
  from: time,
  to: time,
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
  const { q, count, range, from, to, ...rest } = alertFilterSchema.parse(params);
  return { ...rest, personId, q, count, range, from, to };
}
