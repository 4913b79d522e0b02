import { nameId } from "#lib/content-id.ts";
import { arrayLiteral, type CopyValue, jsonLiteral } from "#lib/db/copy.ts";
import type { Detection } from "#lib/detection/detect.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import type { FoundEvent } from "../pipeline.ts";
import type { Candidate } from "./candidate.ts";
import type { Judgement } from "./decisions.ts";

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
  "network",
  "user_agent",
  "native_id",
  "correlation_id",
  "details",
  "block_id",
  "block_position",
  "normalizer",
] as const;

export function eventRow(
  { event, addressClass, network }: FoundEvent,
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
    network?.key ?? null,
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
  "address",
  "is_external",
  "address_class",
  "networks",
  "user_agent",
  "session",
  "access_key",
  "tag",
  "correlation_id",
  "signals",
  "entry_id",
  "broke_through",
  "live",
  "detected_at",
] as const;

export type NewDetection = {
  found: FoundEvent;
  detection: Detection;
  candidate: Candidate;
  judgement: Judgement;
  live: boolean;
};

export function detectionRow(
  { found: { event, addressClass }, detection, candidate, judgement, live }: NewDetection,
  now: Date,
): CopyValue[] {
  const { rule, alert } = detection;
  const { facts } = candidate;
  return [
    event.occurredAt,
    event.id,
    rule.id,
    alert.id,
    judgement.score,
    jsonLiteral(judgement.addends),
    event.platform,
    event.operation,
    event.outcome,
    candidate.actorId,
    candidate.imageId,
    event.account,
    event.region,
    event.sourceIp,
    facts.address?.toString() ?? null,
    event.isExternal,
    addressClass,
    arrayLiteral(judgement.networks),
    event.userAgent,
    event.session,
    event.accessKey,
    facts.tag,
    event.correlationId,
    arrayLiteral(judgement.signals),
    judgement.entryId,
    arrayLiteral(judgement.brokeThrough),
    live,
    now,
  ];
}

function actorId({ platform, actor }: LogEvent): string | null {
  return actor && nameId(platform, actor.key);
}
