import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import type { Outcome } from "#lib/outcome.ts";
import { normalizeCloudTrail } from "./cloudtrail.ts";
import type { LogEvent, Unnormalized } from "./event.ts";
import { recordId } from "./identity.ts";
import { LOG_ANALYTICS_FIELDS } from "./log-analytics.ts";
import { parseStruct } from "./struct-text.ts";

/** Columns in lower case, and where in CloudTrail's own record their value stands. */
const COLUMNS: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ...[
      "eventVersion",
      "userIdentity",
      "eventTime",
      "eventSource",
      "eventName",
      "awsRegion",
      "sourceIPAddress",
    ],
    ...[
      "userAgent",
      "errorCode",
      "errorMessage",
      "requestParameters",
      "responseElements",
      "additionalEventData",
    ],
    ...["requestID", "eventID", "resources", "eventType", "readOnly", "recipientAccountId", "sharedEventID"],
    ...["serviceEventDetails", "vpcEndpointId", "sessionCredentialFromConsole"],
  ].map((name) => [name.toLowerCase(), [name]] as const),
);

/** Those that Microsoft Sentinel names otherwise. Source: Azure Monitor reference, table AWSCloudTrail. */
const SENTINEL_COLUMNS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["timegenerated", ["eventTime"]],
  ["eventtypename", ["eventType"]],
  ["awseventid", ["eventID"]],
  ["awsrequestid", ["requestID"]],
  ["awsrequestid_", ["requestID"]],
  ["useridentitytype", ["userIdentity", "type"]],
  ["useridentityprincipalid", ["userIdentity", "principalId"]],
  ["useridentityarn", ["userIdentity", "arn"]],
  ["useridentityaccountid", ["userIdentity", "accountId"]],
  ["useridentityaccesskeyid", ["userIdentity", "accessKeyId"]],
  ["useridentityusername", ["userIdentity", "userName"]],
  ["useridentityinvokedby", ["userIdentity", "invokedBy"]],
  ["sessionmfaauthenticated", ["userIdentity", "sessionContext", "attributes", "mfaAuthenticated"]],
  ["sessioncreationdate", ["userIdentity", "sessionContext", "attributes", "creationDate"]],
  ["sessionissuertype", ["userIdentity", "sessionContext", "sessionIssuer", "type"]],
  ["sessionissuerprincipalid", ["userIdentity", "sessionContext", "sessionIssuer", "principalId"]],
  ["sessionissuerarn", ["userIdentity", "sessionContext", "sessionIssuer", "arn"]],
  ["sessionissueraccountid", ["userIdentity", "sessionContext", "sessionIssuer", "accountId"]],
  ["sessionissuerusername", ["userIdentity", "sessionContext", "sessionIssuer", "userName"]],
]);

/** Names inside the columns of structs, which Athena gives in lower case. */
const INNER_NAMES: ReadonlyMap<string, string> = new Map(
  [
    ...[
      "principalId",
      "accountId",
      "accessKeyId",
      "userName",
      "invokedBy",
      "sessionContext",
      "sessionIssuer",
    ],
    ...["mfaAuthenticated", "creationDate", "sourceIdentity", "webIdFederationData", "federatedProvider"],
    ...["identityProvider", "onBehalfOf", "userId", "identityStoreArn"],
  ].map((name) => [name.toLowerCase(), name] as const),
);
/** Deeper than either of them is. */
const MAX_STRUCT_DEPTH = 8;
const STRUCTS: ReadonlySet<string> = new Set(["userIdentity", "resources"]);
/** Of these Athena gives the JSON text, CloudTrail Lake a map. */
const NESTED: ReadonlySet<string> = new Set([
  ...STRUCTS,
  ...["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"],
]);

/** Whether a record is a row of a table of CloudTrail's records: by CloudTrail Lake, Athena or Sentinel. */
export function isCloudTrailRow(record: JsonObject): boolean {
  if (Object.hasOwn(record, "EventName")) return Object.hasOwn(record, "EventSource");
  if (Object.hasOwn(record, "eventname")) return Object.hasOwn(record, "eventsource");
  const isTrail = Object.hasOwn(record, "eventName") && Object.hasOwn(record, "eventSource");
  return isTrail && (typeof record.userIdentity === "string" || typeof record.requestParameters === "string");
}

/** The row is put into the shape of CloudTrail's record; its id is the row's. */
export function normalizeCloudTrailRow(row: JsonObject): Outcome<LogEvent, Unnormalized> {
  const event = normalizeCloudTrail(recordOf(row));
  return event.ok ? { ...event, value: { ...event.value, id: recordId(row, LOG_ANALYTICS_FIELDS) } } : event;
}

function recordOf(row: JsonObject): JsonObject {
  const record: JsonObject = {};
  for (const columns of [SENTINEL_COLUMNS, COLUMNS]) {
    for (const [name, value] of Object.entries(row)) {
      const path = columns.get(name.toLowerCase());
      if (path && value !== null && value !== "" && value !== "null") put(record, path, value);
    }
  }
  return record;
}

function put(record: JsonObject, path: readonly string[], value: JsonValue): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) record[name] = NESTED.has(name) ? nested(name, value) : value;
  else {
    const inner = isJsonObject(record[name]) ? record[name] : {};
    record[name] = inner;
    put(inner, rest, value);
  }
}

function nested(name: string, value: JsonValue): JsonValue {
  if (typeof value !== "string") return value;
  const parsed = jsonIn(value) ?? parseStruct(value);
  return STRUCTS.has(name) ? withNames(parsed) : parsed;
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function withNames(value: JsonValue, depth = 0): JsonValue {
  if (depth === MAX_STRUCT_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withNames(item, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [INNER_NAMES.get(key) ?? key, withNames(inner, depth + 1)]),
  );
}
