import { z } from "zod";
import { parseAlertFilter } from "#lib/triage/parse-alert-filter.ts";
import { isZone } from "#lib/zoned-format.ts";
import { STEPS } from "./buckets.ts";
import { PERIOD_NAMES, STACKS, TABLES, type TrendsFilter, USUAL_PERIOD } from "./trends-filter.ts";

const LONGEST_ZONE = 100;

const date = z.iso.date().optional().catch(undefined);
const trendsFilterSchema = z.object({
  period: z.enum(PERIOD_NAMES).catch(USUAL_PERIOD),
  from: date,
  to: date,
  zone: z.string().trim().min(1).optional().catch(undefined),
  by: z.enum(STEPS).optional().catch(undefined),
  stack: z.enum(STACKS).catch("severity"),
  table: z
    .preprocess((given) => [given].flat(), z.array(z.unknown()))
    .transform((given) => TABLES.filter((table) => given.includes(table))),
});

/** Who asks, and in which zone they read when the URL names none. */
export type Reader = { personId: string; zone: string };

/**
 * The filter of the page's search parameters: those of the alerts, and its own. What cannot be read is dropped; a zone that
 * does not exist is kept to be told.
 */
export function parseTrendsFilter(
  params: Record<string, string | string[] | undefined>,
  reader: Reader,
): TrendsFilter {
  const { zone, from, to, by, table, ...own } = trendsFilterSchema.parse(params);
  const known = zone !== undefined && isZone(zone);
  const alerts = parseAlertFilter(params, reader.personId);
  return {
    ...own,
    from,
    to,
    by,
    tables: table,
    zone: known ? zone : reader.zone,
    readerZone: reader.zone,
    unknownZone: known ? undefined : zone?.slice(0, LONGEST_ZONE),
    alerts: {
      ...alerts,
      queue: "all",
      sort: "-time",
      range: undefined,
      from: undefined,
      to: undefined,
      timing: undefined,
      visibleFrom: undefined,
      visibleTo: undefined,
    },
  };
}
