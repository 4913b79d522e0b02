import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { type Cursor, cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { ROLE_ORDER } from "#lib/detection/alert-key.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { ADDRESS_CLASSES, LOG_SOURCES, OUTCOMES } from "#lib/logs/normalize/event.ts";
import { type DetectionRow, detectionFactsSchema } from "../detection.ts";

const { sql, empty } = Prisma;

/** So many are put together to deeds; a deed that a page cuts goes on with the next. */
const DETECTIONS_PER_PAGE = 200;

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
    select detection.occurred_at, detection.event_id, rule_id, score, addends, event.log_source, event.service, detection.operation,
      detection.outcome, event.error_code, detection.correlation_id, detection.actor_id, actor.name as actor_name,
      actor.kind as actor_kind, detection.session, detection.access_key, detection.user_agent, detection.source_ip,
      detection.address_class, detection.account, detection.region, detection.tag, about.digest, about.role,
      source.image_id as source_id, source.name as source_name, event.details, detection.broke_through,
      allow_entry.number as suppressed_by,
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
    left join lateral (
      select digest, role from event_image
      where occurred_at = detection.occurred_at and event_id = detection.event_id and image_id = detection.image_id
      order by array_position(${[...ROLE_ORDER]}::text[], role) limit 1
    ) about on true
    left join lateral (
      select image_id, image.name from event_image join image on image.id = event_image.image_id
      where occurred_at = detection.occurred_at and event_id = detection.event_id and role = 'source'
        and image_id <> detection.image_id
      order by image_id limit 1
    ) source on true
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

/** The detection that gives the alert its score, the worst that is open, if any is; its addends with those of the story. */
export async function getWorstDetection(
  alertId: string,
): Promise<Pick<DetectionRow, "occurredAt" | "eventId" | "addends"> | null> {
  const [worst] = await db().$queryRaw<unknown[]>`
    select occurred_at as "occurredAt", event_id as "eventId", addends || alert.story as addends
    from detection join alert on alert.id = alert_id where alert_id = ${alertId}::uuid
    order by entry_id is not null, detection.score desc, occurred_at, event_id, rule_id limit 1`;
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

const text = z.string().nullable();

const rowsSchema = z.array(
  z
    .object({
      occurred_at: z.date(),
      event_id: z.guid(),
      rule_id: z.string(),
      score: z.int(),
      addends: addendsSchema,
      log_source: z.enum(LOG_SOURCES),
      service: text,
      operation: z.string(),
      outcome: z.enum(OUTCOMES),
      error_code: text,
      correlation_id: text,
      actor_id: z.guid().nullable(),
      actor_name: text,
      actor_kind: text,
      session: text,
      access_key: text,
      user_agent: text,
      source_ip: text,
      address_class: z.enum(ADDRESS_CLASSES),
      account: text,
      region: text,
      tag: text,
      digest: text,
      role: z.enum(ROLE_ORDER).nullable(),
      source_id: z.guid().nullable(),
      source_name: text,
      details: detectionFactsSchema,
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
        logSource: row.log_source,
        service: row.service,
        operation: row.operation,
        outcome: row.outcome,
        errorCode: row.error_code,
        correlationId: row.correlation_id,
        actor: row.actor_id === null ? null : actorOf(row.actor_id, row.actor_name, row.actor_kind),
        session: row.session,
        accessKey: row.access_key,
        userAgent: row.user_agent,
        sourceIp: row.source_ip,
        addressClass: row.address_class,
        account: row.account,
        region: row.region,
        tag: row.tag,
        digest: row.digest,
        role: row.role,
        source: row.source_id === null ? null : { id: row.source_id, name: row.source_name ?? row.source_id },
        facts: row.details ?? {},
        suppressedBy: row.suppressed_by,
        brokeThrough: row.broke_through,
        hiddenBefore: row.hidden_before,
      }),
    ),
);

function actorOf(id: string, name: string | null, kind: string | null): DetectionRow["actor"] {
  return { id, name: name ?? id, kind: kind ?? "unknown" };
}
