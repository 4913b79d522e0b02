import { at, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { cloudTrailPrincipal } from "./cloudtrail-actor.ts";
import { cloudTrailImages } from "./cloudtrail-images.ts";
import type { EventOutcome, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { present } from "./registry-image.ts";
import { parseTime } from "./time.ts";

/** S3 and the APIs deliver CloudTrail's records as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

/** Field names that hardly another log has; two of them make a record CloudTrail's. */
const MARKS = ["eventVersion", "eventSource", "eventName", "userIdentity", "awsRegion", "recipientAccountId"];

export function isCloudTrail(record: JsonObject): boolean {
  return MARKS.filter((mark) => Object.hasOwn(record, mark)).length >= 2;
}

/**
 * Source: AWS CloudTrail user guide, "CloudTrail record contents". Every field but time and operation may be missing or
 * of another type.
 */
export function normalizeCloudTrail(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const insight = at(record, "insightDetails");
  const operation = firstOf(field(record, "eventName"), insight ? field(record, "eventType") : null);
  if (!operation) {
    return failure({ reason: "no-operation", detail: `eventName is ${shown(at(record, "eventName"))}` });
  }
  const occurredAt = parseTime(field(record, "eventTime") ?? "");
  if (!occurredAt)
    return failure({ reason: "no-time", detail: `eventTime is ${shown(at(record, "eventTime"))}` });

  const service = firstOf(field(record, "eventSource"), field(insight, "eventSource"));
  const principal = cloudTrailPrincipal(record);
  const account = firstOf(
    field(record, "recipientAccountId"),
    field(record, "userIdentity", "accountId"),
    principal.actor?.account,
  );
  const region = field(record, "awsRegion");
  const sourceIp = field(record, "sourceIPAddress");
  const { details, ...images } = cloudTrailImages(record, service, operation, { account, region });
  return success({
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "aws",
    logSource: "cloudtrail",
    service,
    operation,
    outcome: insight ? "unknown" : outcomeOf(record),
    errorCode: errorOf(record),
    ...principal,
    account,
    region,
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: field(record, "userAgent"),
    nativeId: field(record, "eventID"),
    correlationId: field(record, "sharedEventID"),
    ...images,
    details: insight ? insightFacts(insight) : withSignIn(record, details),
  });
}

/** `inConsole` is there only for a session of the console, `mfa` only of work on images. */
function withSignIn(record: JsonObject, details: JsonObject | null): JsonObject | null {
  const isInConsole = truth(at(record, "sessionCredentialFromConsole")) === "true";
  const mfa = details && mfaOf(record);
  if (!isInConsole && !mfa) return details;
  return { ...details, ...(isInConsole && { inConsole: "yes" }), ...(mfa && { mfa }) };
}

const SIGNS_IN_HERE = new Set(["IAMUser", "Root"]);

/** Whether they signed in with a second factor, where the log knows: of federated sessions it always says no. */
function mfaOf(record: JsonObject): string | null {
  const identity = at(record, "userIdentity");
  if (!SIGNS_IN_HERE.has(field(identity, "type") ?? "")) return null;
  return truth(at(identity, "sessionContext", "attributes", "mfaAuthenticated"));
}

/** Such values are seen as a text and as a boolean. */
function truth(value: JsonValue | undefined): string | null {
  return typeof value === "boolean" ? String(value) : field(value);
}

/** CloudTrail Insights tell of a call that was made, or refused, unusually often. */
function insightFacts(insight: JsonValue): JsonObject | null {
  return present({
    insight: field(insight, "insightType"),
    unusualCall: field(insight, "eventName"),
    unusualError: field(insight, "errorCode"),
    state: field(insight, "state"),
  });
}

/** An API call failed when it has an error; a sign-in says so in its answer. */
function outcomeOf(record: JsonObject): EventOutcome {
  const signIn = field(record, "responseElements", "ConsoleLogin");
  return errorOf(record) !== null || signIn === "Failure" ? "failure" : "success";
}

function errorOf(record: JsonObject): string | null {
  return firstOf(field(record, "errorCode"), field(record, "errorMessage"));
}
