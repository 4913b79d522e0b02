import { nameId } from "#lib/content-id.ts";
import { type CopyValue, jsonLiteral } from "#lib/db/copy.ts";
import { mainImage } from "#lib/detection/alert-key.ts";
import type { Detection } from "#lib/detection/detect.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import type { FoundEvent } from "../pipeline.ts";

export const EVENT_COLUMNS = [
  "occurred_at",
  "id",
  "platform",
  "log_source",
  "service",
  "operation",
  "outcome",
  "error_code",
  "actor_id",
  "principal",
  "session",
  "access_key",
  "account",
  "region",
  "source_ip",
  "is_external",
  "address_class",
  "user_agent",
  "native_id",
  "correlation_id",
  "details",
  "block_id",
  "block_position",
  "normalizer",
] as const;

export function eventRow(
  { event, addressClass }: FoundEvent,
  { blockId, position }: { blockId: string; position: number },
): CopyValue[] {
  return [
    event.occurredAt,
    event.id,
    event.platform,
    event.logSource,
    event.service,
    event.operation,
    event.outcome,
    event.errorCode,
    actorId(event),
    event.principal,
    event.session,
    event.accessKey,
    event.account,
    event.region,
    event.sourceIp,
    event.isExternal,
    addressClass,
    event.userAgent,
    event.nativeId,
    event.correlationId,
    event.details && jsonLiteral(event.details),
    blockId,
    position,
    NORMALIZER_VERSION,
  ];
}

export const IMAGE_COLUMNS = ["occurred_at", "event_id", "image_id", "role", "tag", "digest"] as const;

export function imageRows({ event }: FoundEvent): CopyValue[][] {
  return event.images.map(({ key, role, tag, digest }) => [
    event.occurredAt,
    event.id,
    nameId(event.platform, key),
    role,
    tag,
    digest,
  ]);
}

export const DETECTION_COLUMNS = [
  "occurred_at",
  "event_id",
  "rule_id",
  "alert_id",
  "score",
  "addends",
  "platform",
  "operation",
  "outcome",
  "actor_id",
  "image_id",
  "account",
  "region",
  "source_ip",
  "is_external",
  "address_class",
  "user_agent",
  "session",
  "access_key",
  "tag",
  "correlation_id",
  "live",
  "detected_at",
] as const;

export function detectionRow(
  { event, addressClass }: FoundEvent,
  { rule, alert, score, addends }: Detection,
  live: boolean,
  now: Date,
): CopyValue[] {
  const image = mainImage(event.images);
  return [
    event.occurredAt,
    event.id,
    rule.id,
    alert.id,
    score,
    jsonLiteral(addends),
    event.platform,
    event.operation,
    event.outcome,
    actorId(event),
    image ? nameId(event.platform, image.key) : null,
    event.account,
    event.region,
    event.sourceIp,
    event.isExternal,
    addressClass,
    event.userAgent,
    event.session,
    event.accessKey,
    image?.tag ?? null,
    event.correlationId,
    live,
    now,
  ];
}

function actorId({ platform, actor }: LogEvent): string | null {
  return actor && nameId(platform, actor.key);
}
