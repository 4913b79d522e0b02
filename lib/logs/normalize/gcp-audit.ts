import { at, isJsonObject, type JsonObject, listAt } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventActor, EventOutcome, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { gcpImages } from "./gcp-images.ts";
import { recordId } from "./identity.ts";
import { parseTime } from "./time.ts";

/** When Cloud Logging took the entry is no part of it. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set(["receiveTimestamp"]);

const ERRORS: Readonly<Record<string, string>> = {
  "3": "INVALID_ARGUMENT",
  "5": "NOT_FOUND",
  "6": "ALREADY_EXISTS",
  "7": "PERMISSION_DENIED",
  "9": "FAILED_PRECONDITION",
  "16": "UNAUTHENTICATED",
};

/** In BigQuery the payload has a column of its own name, and some shippers write the names of fields in lower case. */
const PAYLOADS = ["protoPayload", "protopayload_auditlog", "protopayload"];

function payloadOf(record: JsonObject): JsonObject | undefined {
  return PAYLOADS.map((name) => at(record, name)).find(isJsonObject);
}

export function isGcpAudit(record: JsonObject): boolean {
  return payloadOf(record) !== undefined;
}

/**
 * Google Cloud Audit Logs. Sources: Cloud Logging, "LogEntry" and "AuditLog"; Artifact Registry, "audit logging". The
 * method keeps the API version that it was logged with.
 */
export function normalizeGcpAudit(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const payload = payloadOf(record) ?? {};
  const operation = field(payload, "methodName");
  if (!operation) {
    return failure({ reason: "no-operation", detail: `methodName is ${shown(at(payload, "methodName"))}` });
  }
  const time = firstOf(
    field(record, "timestamp"),
    field(payload, "requestMetadata", "requestAttributes", "time"),
    field(record, "receiveTimestamp"),
    field(record, "receivetimestamp"),
  );
  const occurredAt = parseTime(time ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `timestamp is ${shown(time ?? undefined)}` });

  const resource = field(payload, "resourceName");
  const account = firstOf(
    field(record, "resource", "labels", "project_id"),
    /^(?:\/\/[^/]+\/)?projects\/([^/]+)/.exec(resource ?? "")?.[1],
    /^projects\/([^/]+)/.exec(firstOf(field(record, "logName"), field(record, "logname")) ?? "")?.[1],
  );
  const caller = at(payload, "requestMetadata");
  const sourceIp = firstOf(field(caller, "callerIp"), field(caller, "callerIP"));
  const { actor, principal, accessKey } = principalOf(payload);
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "gcp",
    logSource: "gcp-audit",
    service: field(payload, "serviceName"),
    operation,
    ...resultOf(record, payload),
    actor,
    principal,
    accessKey,
    account,
    region: firstOf(
      field(record, "resource", "labels", "location"),
      field(listAt(payload, "resourceLocation", "currentLocations")[0]),
    ),
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: field(caller, "callerSuppliedUserAgent"),
    nativeId: firstOf(field(record, "insertId"), field(record, "insertid")),
    correlationId: field(record, "operation", "id"),
    ...gcpImages(payload, operation, resource, account),
  });
}

function principalOf(payload: JsonObject): Pick<LogEvent, "actor" | "principal" | "accessKey"> {
  const identity = at(payload, "authenticationInfo");
  const principal = firstOf(field(identity, "principalEmail"), field(identity, "principalSubject"));
  const accessKey = field(identity, "serviceAccountKeyName")?.split("/").at(-1) ?? null;
  return { actor: principal === null ? null : gcpActor(principal), principal, accessKey };
}

/** The actor whom an address of mail, or another name of a principal, stands for. */
export function gcpActor(principal: string): EventActor {
  const key = principal.toLowerCase();
  const project = /@([\w-]+)\.iam\.gserviceaccount\.com$/.exec(key)?.[1] ?? null;
  // Google's own agents act for a customer's project from projects of Google.
  if (
    /@(system\.gserviceaccount|cloudservices\.gserviceaccount|gcp-sa-[\w-]+\.iam\.gserviceaccount)\.com$/.test(
      key,
    )
  ) {
    return { kind: "service", key: `service/${key}`, name: principal, account: null };
  }
  if (key.endsWith("gserviceaccount.com")) {
    return { kind: "workload", key: `service-account/${key}`, name: principal, account: project };
  }
  const kind = key.includes("@") ? "person" : "unknown";
  return { kind, key: `${kind === "person" ? "user" : "principal"}/${key}`, name: principal, account: null };
}

/** An empty status is success; the first entry of a long operation does not know yet. */
function resultOf(
  record: JsonObject,
  payload: JsonObject,
): { outcome: EventOutcome; errorCode: string | null } {
  const code = field(payload, "status", "code");
  if (code !== null && code !== "0") return { outcome: "failure", errorCode: ERRORS[code] ?? code };
  const isDenied = listAt(payload, "authorizationInfo").some((one) => at(one, "granted") === false);
  if (isDenied) return { outcome: "failure", errorCode: "PERMISSION_DENIED" };
  const isBegun = at(record, "operation", "first") === true && at(record, "operation", "last") !== true;
  return { outcome: isBegun ? "unknown" : "success", errorCode: null };
}
