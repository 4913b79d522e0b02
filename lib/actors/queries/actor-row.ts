import { z } from "zod";
import { Prisma } from "#lib/db/generated/client.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { ACTOR_KINDS, type ActorSummary } from "../actor.ts";

const { sql } = Prisma;

const count = z.coerce.number().int();

/** What `actorSummaryShape` reads, of `actor` and its `tally`. */
export const summaryColumns = sql`actor.id, actor.platform, actor.kind, actor.key, actor.name, actor.first_seen, actor.last_seen,
  coalesce(tally.events, 0) as events, coalesce(tally.detections, 0) as detections,
  coalesce(tally.suppressed, 0) as suppressed, coalesce(tally.alerts, 0) as alerts, coalesce(tally.open, 0) as open`;

export const actorSummaryShape = {
  id: z.guid(),
  platform: z.enum(PLATFORMS),
  kind: z.enum(ACTOR_KINDS),
  key: z.string(),
  name: z.string(),
  first_seen: z.date(),
  last_seen: z.date(),
  events: count,
  detections: count,
  suppressed: count,
  alerts: count,
  open: count,
};

type SummaryRow = z.infer<z.ZodObject<typeof actorSummaryShape>>;

export function summaryOf(row: SummaryRow): ActorSummary {
  const { id, platform, kind, key, name, events, detections, suppressed, alerts, open } = row;
  const counts = { events, detections, suppressed, alerts, open };
  return { id, platform, kind, key, name, firstSeen: row.first_seen, lastSeen: row.last_seen, ...counts };
}
