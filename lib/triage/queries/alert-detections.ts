import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { type Cursor, cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { SIGNALS, type Signal } from "#lib/detection/signal.ts";
import { ADDRESS_CLASSES, OUTCOMES } from "#lib/logs/normalize/event.ts";
import type { NamedLink } from "../alert.ts";

const { sql, empty } = Prisma;

const DETECTIONS_PER_PAGE = 50;

/** A detection as the alert's page lists it. */
export type DetectionRow = {
  occurredAt: Date;
  eventId: string;
  ruleId: string;
  score: number;
  addends: { points: number; why: string }[];
  operation: string;
  outcome: (typeof OUTCOMES)[number];
  errorCode: string | null;
  actor: NamedLink | null;
  session: string | null;
  tag: string | null;
  sourceIp: string | null;
  addressClass: (typeof ADDRESS_CLASSES)[number];
  region: string | null;
  /** Number of the allowlist entry that suppresses it; null: it is open. */
  suppressedBy: number | null;
  /** Signals by which it stays open though an entry matches it. */
  brokeThrough: Signal[];
  /** Numbers of the entries that hid it until they were revoked. */
  hiddenBefore: number[];
};

export type DetectionPage = { rows: DetectionRow[]; earlier: string | null; later: string | null };

/** One page of an alert's detections, in the order in which they happened. */
export async function listDetections(alertId: string, cursorText?: string): Promise<DetectionPage> {
  const cursor = parseCursor(decodeCursor(cursorText));
  const backwards = cursor?.side === "before";
  const direction = backwards ? sql`desc` : sql`asc`;
  const place = cursor
    ? sql`and (detection.occurred_at, detection.event_id, detection.rule_id) ${backwards ? sql`<` : sql`>`}
        (${cursor.at}, ${cursor.eventId}::uuid, ${cursor.ruleId})`
    : empty;
  const found = await db().$queryRaw<unknown[]>`
    select detection.occurred_at, detection.event_id, rule_id, score, addends, detection.operation, detection.outcome,
      event.error_code, detection.actor_id, actor.name as actor_name, detection.session, tag, detection.source_ip,
      detection.address_class, detection.region, detection.broke_through, allow_entry.number as suppressed_by,
      array(
        select revoked.number from allow_hit join allow_entry revoked on revoked.id = allow_hit.entry_id
        where allow_hit.occurred_at = detection.occurred_at and allow_hit.event_id = detection.event_id
          and allow_hit.rule_id = detection.rule_id and allow_hit.kind = 'revoked'
        order by revoked.number
      ) as hidden_before
    from detection
    join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id
    left join actor on actor.id = detection.actor_id
    left join allow_entry on allow_entry.id = detection.entry_id
    where detection.alert_id = ${alertId}::uuid ${place}
    order by detection.occurred_at ${direction}, detection.event_id ${direction}, detection.rule_id ${direction}
    limit ${DETECTIONS_PER_PAGE + 1}`;
  const more = found.length > DETECTIONS_PER_PAGE;
  const rows = rowsSchema.parse(found.slice(0, DETECTIONS_PER_PAGE));
  if (backwards) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  return {
    rows,
    earlier: first && (backwards ? more : cursor !== undefined) ? encode("before", first) : null,
    later: last && (backwards || more) ? encode("after", last) : null,
  };
}

/** The detection that gives the alert its score: the worst that is open, if any is. */
export async function getWorstDetection(
  alertId: string,
): Promise<Pick<DetectionRow, "occurredAt" | "eventId" | "addends"> | null> {
  const [worst] = await db().$queryRaw<unknown[]>`
    select occurred_at as "occurredAt", event_id as "eventId", addends
    from detection where alert_id = ${alertId}::uuid
    order by entry_id is not null, score desc, occurred_at, event_id, rule_id limit 1`;
  return worst ? worstSchema.parse(worst) : null;
}

const addendsSchema = z.array(z.object({ points: z.int(), why: z.string() }));
const worstSchema = z.object({ occurredAt: z.date(), eventId: z.guid(), addends: addendsSchema });

const keySchema = z.tuple([cursorTimeSchema, z.guid(), z.string()]);

function parseCursor(
  cursor: Cursor | undefined,
): { side: Cursor["side"]; at: Date; eventId: string; ruleId: string } | undefined {
  const key = keySchema.safeParse(cursor?.key);
  if (!cursor || !key.success) return undefined;
  const [at, eventId, ruleId] = key.data;
  return { side: cursor.side, at, eventId, ruleId };
}

function encode(side: Cursor["side"], { occurredAt, eventId, ruleId }: DetectionRow): string {
  return encodeCursor({ side, key: [String(occurredAt.getTime()), eventId, ruleId] });
}

const rowsSchema = z.array(
  z
    .object({
      occurred_at: z.date(),
      event_id: z.guid(),
      rule_id: z.string(),
      score: z.int(),
      addends: addendsSchema,
      operation: z.string(),
      outcome: z.enum(OUTCOMES),
      error_code: z.string().nullable(),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
      session: z.string().nullable(),
      tag: z.string().nullable(),
      source_ip: z.string().nullable(),
      address_class: z.enum(ADDRESS_CLASSES),
      region: z.string().nullable(),
      suppressed_by: z.int().nullable(),
      broke_through: z.array(z.enum(SIGNALS)),
      hidden_before: z.array(z.int()),
    })
    .transform(
      (row): DetectionRow => ({
        occurredAt: row.occurred_at,
        eventId: row.event_id,
        ruleId: row.rule_id,
        score: row.score,
        addends: row.addends,
        operation: row.operation,
        outcome: row.outcome,
        errorCode: row.error_code,
        actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? row.actor_id },
        session: row.session,
        tag: row.tag,
        sourceIp: row.source_ip,
        addressClass: row.address_class,
        region: row.region,
        suppressedBy: row.suppressed_by,
        brokeThrough: row.broke_through,
        hiddenBefore: row.hidden_before,
      }),
    ),
);
