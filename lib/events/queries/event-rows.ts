import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { ADDRESS_CLASSES, LOG_SOURCES, OUTCOMES, PLATFORMS } from "#lib/logs/normalize/event.ts";
import type { EventKey } from "../event-key.ts";
import type { EventRow } from "../event-row.ts";

/** The rows of events, in the order of their keys. */
export async function readRows(client: Transaction, keys: readonly EventKey[]): Promise<EventRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<Record<string, unknown>>(ROWS, [
    keys.map(({ occurredAt }) => occurredAt),
    keys.map(({ id }) => id),
  ]);
  return rowsSchema.parse(rows);
}

const ROWS = `
  select event.occurred_at, event.id, event.platform, event.log_source, event.service, event.operation, event.outcome,
    event.error_code, event.actor_id, actor.name as actor_name, event.account, event.region, event.source_ip,
    event.address_class, event.network, network.name as network_name, event.user_agent, event.session, event.access_key,
    coalesce(touched.images, '[]') as images, coalesce(made.detections, '[]') as detections
  from unnest($1::timestamptz[], $2::uuid[]) with ordinality as wanted (occurred_at, id, place)
  join event on event.occurred_at = wanted.occurred_at and event.id = wanted.id
  left join actor on actor.id = event.actor_id
  left join network on network.key = event.network
  left join lateral (
    select json_agg(json_build_object('id', image.id, 'name', image.name, 'role', event_image.role,
      'tag', event_image.tag, 'digest', event_image.digest) order by event_image.role, image.name, image.id) as images
    from event_image join image on image.id = event_image.image_id
    where event_image.occurred_at = event.occurred_at and event_image.event_id = event.id
  ) touched on true
  left join lateral (
    select json_agg(json_build_object('ruleId', detection.rule_id, 'score', detection.score,
      'suppressedBy', allow_entry.number, 'alertNumber', alert.number, 'status', alert.status, 'verdict', alert.verdict)
      order by detection.entry_id is not null, detection.score desc, detection.rule_id) as detections
    from detection join alert on alert.id = detection.alert_id
      left join allow_entry on allow_entry.id = detection.entry_id
    where detection.occurred_at = event.occurred_at and detection.event_id = event.id
  ) made on true
  order by wanted.place`;

const imagesSchema = z.array(
  z.object({
    id: z.guid(),
    name: z.string(),
    role: z.enum(["made", "changed", "source", "shared", "used"]),
    tag: z.string().nullable(),
    digest: z.string().nullable(),
  }),
);

const detectionsSchema = z.array(
  z
    .object({
      ruleId: z.string(),
      score: z.int(),
      suppressedBy: z.int().nullable(),
      alertNumber: z.int(),
      status: z.string(),
      verdict: z.string().nullable(),
    })
    .transform((row) => ({ ...row, severity: severityOf(row.score) })),
);

const rowsSchema = z.array(
  z
    .object({
      occurred_at: z.date(),
      id: z.guid(),
      platform: z.enum(PLATFORMS),
      log_source: z.enum(LOG_SOURCES),
      service: z.string().nullable(),
      operation: z.string(),
      outcome: z.enum(OUTCOMES),
      error_code: z.string().nullable(),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
      account: z.string().nullable(),
      region: z.string().nullable(),
      source_ip: z.string().nullable(),
      address_class: z.enum(ADDRESS_CLASSES),
      network: z.string().nullable(),
      network_name: z.string().nullable(),
      user_agent: z.string().nullable(),
      session: z.string().nullable(),
      access_key: z.string().nullable(),
      images: imagesSchema,
      detections: detectionsSchema,
    })
    .transform(
      (row): EventRow => ({
        id: row.id,
        occurredAt: row.occurred_at,
        platform: row.platform,
        logSource: row.log_source,
        service: row.service,
        operation: row.operation,
        outcome: row.outcome,
        errorCode: row.error_code,
        actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? row.actor_id },
        account: row.account,
        region: row.region,
        sourceIp: row.source_ip,
        addressClass: row.address_class,
        network: row.network === null ? null : { key: row.network, name: row.network_name },
        userAgent: row.user_agent,
        session: row.session,
        accessKey: row.access_key,
        images: row.images,
        detections: row.detections,
      }),
    ),
);
