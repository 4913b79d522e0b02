import { at, type JsonObject, listAt } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventOutcome, ImageRole, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { ecrHost, present, registryImage } from "./registry-image.ts";
import { parseTime } from "./time.ts";

/** EventBridge delivers an event as it is. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();
const ECR = "ecr.amazonaws.com";

export function isEcrEvent(record: JsonObject): boolean {
  return record.source === "aws.ecr" && Object.hasOwn(record, "detail-type");
}

/**
 * What ECR itself tells EventBridge: images pushed and deleted, scans, replication, pull-through caches. It names no actor.
 * Source: Amazon ECR user guide, "Amazon ECR events and EventBridge".
 */
export function normalizeEcrEvent(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const type = field(record, "detail-type");
  if (!type)
    return failure({ reason: "no-operation", detail: `detail-type is ${shown(at(record, "detail-type"))}` });
  const occurredAt = parseTime(field(record, "time") ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `time is ${shown(at(record, "time"))}` });

  const detail = at(record, "detail");
  const action = field(detail, "action-type");
  const account = field(record, "account");
  const region = field(record, "region");
  const host = ecrHost(ECR, account, region);
  const facts = {
    host,
    role: roleOf(type, action),
    tag: firstOf(field(detail, "image-tag"), field(listAt(detail, "image-tags")[0])),
    digest: field(detail, "image-digest"),
    account,
    region,
  };
  const named = [
    field(detail, "repository-name"),
    ...listAt(detail, "repositories").map((one) => field(one, "repository-name")),
  ];
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "aws",
    logSource: "ecr-eventbridge",
    service: ECR,
    operation: action ? `${type} ${action}` : type,
    outcome: outcomeOf(firstOf(field(detail, "result"), field(detail, "scan-status"))),
    account,
    region,
    nativeId: field(record, "id"),
    images: named
      .filter((name) => name !== null)
      .map((repository) => registryImage({ ...facts, repository })),
    subject: named.some((name) => name !== null) ? null : `registry:${host}`,
    details: present({
      sourceAccount: field(detail, "source-account"),
      sourceRegion: field(detail, "source-region"),
      upstream: field(detail, "upstream-registry-url"),
    }),
  });
}

function roleOf(type: string, action: string | null): ImageRole {
  if (action === "PUSH") return "made";
  return type.includes("Scan") && action === null ? "used" : "changed";
}

function outcomeOf(result: string | null): EventOutcome {
  if (result === "SUCCESS" || result === "COMPLETE" || result === "ACTIVE") return "success";
  return result !== null && /^FAIL/.test(result) ? "failure" : "unknown";
}
