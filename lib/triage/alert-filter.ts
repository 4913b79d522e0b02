import { z } from "zod";
import { SEVERITIES } from "#lib/detection/severity.ts";
import { ADDRESS_CLASSES } from "#lib/logs/normalize/address.ts";
import { OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";

const MAX_VALUES = 50;
const MAX_TEXT = 200;

/** One value asked for, or (`!value` in the URL) ruled out. */
export type Choice<Value extends string = string> = { value: Value; not: boolean };

/**
 * One URL parameter with one value or several. People edit URLs: what cannot be read is dropped, and as the filter in
 * force is always shown, that is seen.
 */
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

const text = z.string().trim().min(1).max(MAX_TEXT);
const time = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given))
  .optional()
  .catch(undefined);

/** Time ranges that move with the clock, in hours. */
export const RANGES = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type RangeName = keyof typeof RANGES;

export const ALERT_SORTS = ["-time", "time", "-severity", "severity", "-count", "count"] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];

/** The parameters that hold choices, in the order in which they are offered. */
export const CHOICE_KEYS = [
  "severity",
  "platform",
  "account",
  "region",
  "operation",
  "rule",
  "actor",
  "image",
  "class",
  "address",
  "outcome",
] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

export const alertFilterSchema = z.object({
  severity: choices(z.enum(SEVERITIES)),
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
  /** Looked for in actors, images, operations, accounts, addresses and the alert's number. */
  q: text.optional().catch(undefined),
  /** At least so many detections. */
  count: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
  range: z
    .enum(Object.keys(RANGES) as RangeName[])
    .optional()
    .catch(undefined),
  from: time,
  to: time,
  sort: z.enum(ALERT_SORTS).catch("-time"),
});

/** Which alerts a person wants to see, and in which order. */
export type AlertFilter = z.infer<typeof alertFilterSchema>;

/** The filter of a page's search parameters. */
export function parseAlertFilter(params: Record<string, string | string[] | undefined>): AlertFilter {
  return alertFilterSchema.parse(params);
}

/** The time in which an alert must have been active last. */
export function timeBounds(
  { range, from, to }: AlertFilter,
  now: Date,
): { from: Date | undefined; to: Date | undefined } {
  if (!range) return { from, to };
  return { from: new Date(now.getTime() - RANGES[range] * 3_600_000), to: undefined };
}

/** Whether anything but the order is asked for. */
export function isFiltered(filter: AlertFilter): boolean {
  const { q, count, range, from, to } = filter;
  const others = q ?? count ?? range ?? from ?? to;
  return others !== undefined || CHOICE_KEYS.some((key) => filter[key].length > 0);
}
