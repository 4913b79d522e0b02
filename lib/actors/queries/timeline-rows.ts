import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { SEVERITIES, type Severity, severityOf } from "#lib/detection/severity.ts";
import { OUTCOMES } from "#lib/logs/normalize/event.ts";
import { BUCKET_ORIGIN_MS, type Bucket, DAY_MS } from "../timeline/bucket.ts";
import type { EventPoint, PointDetection } from "../timeline/point.ts";
import type { Span } from "../timeline/window.ts";

const ORIGIN = new Date(BUCKET_ORIGIN_MS).toISOString();
/** `$1` the actor, `$2` and `$3` the window. */
const WITHIN = "actor_id = $1 and occurred_at >= $2 and occurred_at <= $3";
const BIN = `date_bin(make_interval(secs => $4::float8 / 1000), occurred_at, timestamptz '${ORIGIN}')`;

function spanValues(actorId: string, { from, to }: Span): unknown[] {
  return [actorId, new Date(from), new Date(to)];
}

/** What an actor did on a day with a service: its events, or where there is a severity, its detections of it. */
export type ActorDay = Bucket & { severity: Severity | null };

/**
 * All days of an actor: as they are kept, without a look at its events. Those of a busy actor come as lists of numbers: as
 * rows they would take longer to read than to find.
 */
export async function readActorDays(client: Transaction, actorId: string): Promise<ActorDay[]> {
  const { rows } = await client.query(
    `select service, nullif(severity, '') as severity, json_agg(day - date '1970-01-01') as days,
       json_agg(events) as events, json_agg(detections) as detections, json_agg(suppressed) as suppressed
     from actor_day where actor_id = $1 group by service, severity`,
    [actorId],
  );
  return dayRowsSchema.parse(rows).flatMap(({ service, severity, days, ...counts }) =>
    days.map((day, at) => ({
      ...{ start: day * DAY_MS, service, severity },
      events: counts.events[at] ?? 0,
      detections: counts.detections[at] ?? 0,
      suppressed: counts.suppressed[at] ?? 0,
    })),
  );
}

const numbers = z.array(z.int());
const dayRowsSchema = z.array(
  z.object({
    service: z.string(),
    severity: z.enum(SEVERITIES).nullable(),
    days: numbers,
    events: numbers,
    detections: numbers,
    suppressed: numbers,
  }),
);

const counts = { service: z.string(), events: z.int(), detections: z.int(), suppressed: z.int() };

/** Counts a window's events and detections by service and bucket, each of them. */
export async function countBuckets(
  client: Transaction,
  actorId: string,
  span: Span,
  step: number,
): Promise<Bucket[]> {
  const { rows } = await client.query(
    `select bucket, service, sum(events)::int as events, sum(detections)::int as detections,
       sum(suppressed)::int as suppressed
     from (
       select ${BIN} as bucket, coalesce(service, '') as service, count(*) as events, 0 as detections, 0 as suppressed
       from event where ${WITHIN} group by 1, 2
       union all
       select ${BIN}, coalesce((select service from event where event.occurred_at = detection.occurred_at and id = event_id), ''),
         0, count(*), count(entry_id)
       from detection where ${WITHIN} group by 1, 2
     ) found group by bucket, service order by bucket, service`,
    [...spanValues(actorId, span), step],
  );
  return bucketRowsSchema.parse(rows).map(({ bucket, ...sums }) => ({ start: bucket.getTime(), ...sums }));
}

const bucketRowsSchema = z.array(z.object({ bucket: z.date(), ...counts }));

/** The newest events of a window, at most so many, without their detections. */
export async function readPoints(
  client: Transaction,
  actorId: string,
  span: Span,
  most: number,
): Promise<EventPoint[]> {
  const { rows } = await client.query(
    `select id, occurred_at, coalesce(service, '') as service, operation, outcome, error_code
     from event where ${WITHIN} order by occurred_at desc, id desc limit $4`,
    [...spanValues(actorId, span), most],
  );
  return pointRowsSchema
    .parse(rows)
    .map(({ occurred_at, error_code, ...row }) => ({
      ...row,
      at: occurred_at.getTime(),
      errorCode: error_code,
      detections: [],
    }))
    .reverse();
}

const pointRowsSchema = z.array(
  z.object({
    id: z.guid(),
    occurred_at: z.date(),
    service: z.string(),
    operation: z.string(),
    outcome: z.enum(OUTCOMES),
    error_code: z.string().nullable(),
  }),
);

/** The events of a window that made detections, with these; in order of time. */
export async function readDetectedPoints(
  client: Transaction,
  actorId: string,
  span: Span,
): Promise<EventPoint[]> {
  const { rows } = await client.query(
    `select event.id, occurred_at, coalesce(event.service, '') as service, event.operation, event.outcome, event.error_code,
       rule_id, detection.score, entry_id is not null as is_suppressed, alert.number, alert.status, alert.verdict
     from (select occurred_at, event_id, rule_id, score, entry_id, alert_id from detection where ${WITHIN}) detection
       join event using (occurred_at) join alert on alert.id = detection.alert_id
     where event.id = detection.event_id
     order by occurred_at, event.id, is_suppressed, detection.score desc, rule_id`,
    spanValues(actorId, span),
  );
  const points = new Map<string, EventPoint>();
  for (const row of detectedRowsSchema.parse(rows)) {
    const key = `${row.occurred_at.getTime()} ${row.id}`;
    const point = points.get(key) ?? pointOf(row);
    point.detections.push(detectionOf(row));
    points.set(key, point);
  }
  return [...points.values()];
}

const detectedRowSchema = pointRowsSchema.element.extend({
  rule_id: z.string(),
  score: z.int(),
  is_suppressed: z.boolean(),
  number: z.int(),
  status: z.string(),
  verdict: z.string().nullable(),
});
const detectedRowsSchema = z.array(detectedRowSchema);
type DetectedRow = z.infer<typeof detectedRowSchema>;

function pointOf({ id, occurred_at, service, operation, outcome, error_code }: DetectedRow): EventPoint {
  return {
    id,
    at: occurred_at.getTime(),
    service,
    operation,
    outcome,
    errorCode: error_code,
    detections: [],
  };
}

function detectionOf({
  rule_id,
  score,
  is_suppressed,
  number,
  status,
  verdict,
}: DetectedRow): PointDetection {
  const severity = severityOf(score);
  return {
    ruleId: rule_id,
    severity,
    score,
    isSuppressed: is_suppressed,
    alertNumber: number,
    status,
    verdict,
  };
}
