import { z } from "zod";
import type { Span } from "./message-store.ts";
import { parseQuery, type Query } from "./query/pipeline.ts";
import { Refusal } from "./refusal.ts";

/** What is asked for by `POST /search/jobs`. */
export type JobOrder = { text: string; query: Query; span: Span; requiresRawMessages: boolean };

const flag = z
  .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
  .optional();

const bodySchema = z.looseObject({
  query: z.string().optional().catch(undefined),
  from: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  to: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
  timeZone: z.string().optional(),
  timezone: z.string().optional(),
  requiresRawMessages: flag,
  autoParsingMode: z.enum(["AutoParse", "Manual", "performance", "intelligent", "verbose"]).optional(),
});

/** Names that Java knows and that are in no table of zones. */
const JAVA_ZONES: Readonly<Record<string, string>> = {
  IST: "Asia/Kolkata",
  PST: "America/Los_Angeles",
  JST: "Asia/Tokyo",
};

/** Refuses by code what is wrong, as strictly as Sumo does. */
export function parseOrder(body: string): JobOrder {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) throw new Refusal("generic");
  const order = parsed.data;
  if (!order.query?.trim()) throw new Refusal("no-query");
  const zone = checkZone(order.timeZone ?? order.timezone);
  const from = parseTime(order.from, zone, "bad-from");
  const to = parseTime(order.to, zone, "bad-to");
  if (to < from) throw new Refusal("to-before-from");
  const byReceiptTime = flag.safeParse(order.byReceiptTime);
  if (!byReceiptTime.success) throw new Refusal("unknown-time-type");
  return {
    text: order.query,
    query: parseQuery(order.query),
    span: { from, to, by: byReceiptTime.data === true ? "receipt" : "message" },
    requiresRawMessages: order.requiresRawMessages === true,
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal("generic");
  }
}

function checkZone(named: string | undefined): string | undefined {
  if (named === undefined) return undefined;
  if (named.trim() === "") throw new Refusal("no-zone");
  const zone = JAVA_ZONES[named] ?? named;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new Refusal("unknown-zone");
  }
}

/** Milliseconds since the epoch, or `YYYY-MM-DDTHH:mm:ss` with or without an offset; nothing relative, no fractions. */
function parseTime(
  text: string | undefined,
  zone: string | undefined,
  refusal: "bad-from" | "bad-to",
): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:?\d{2})?$/.exec(text ?? "");
  if (!iso) throw new Refusal(refusal);
  if (iso[1] === undefined && zone === undefined) throw new Refusal("no-zone");
  const utc = Date.parse(iso[1] === undefined ? `${iso[0]}Z` : iso[0]);
  if (Number.isNaN(utc)) throw new Refusal(refusal);
  return iso[1] === undefined ? utc - offsetMs(utc, zone ?? "UTC") : utc;
}

/** How far a zone's clocks are ahead of UTC. */
function offsetMs(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(time);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name) ?? [];
  if (!sign) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
