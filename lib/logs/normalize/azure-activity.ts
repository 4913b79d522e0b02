import { at, isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { azurePrincipal } from "./azure-actor.ts";
import { azureImages } from "./azure-images.ts";
import type { EventOutcome, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, objectIn, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { LOG_ANALYTICS_FIELDS } from "./log-analytics.ts";
import { parseTime } from "./time.ts";

/** The form in which a record of the Activity Log came, by the name of its operation's field. */
type Form = "rest" | "diagnostic" | "log-analytics";

/** Provider, resource type and action, as Resource Manager names its operations. */
const RESOURCE_OPERATION = /^[a-z][\w-]*(\.[\w-]+)*\/[\w$-]+(\/|$)/i;

export function azureActivityForm(record: JsonObject): Form | null {
  if (Object.hasOwn(record, "OperationNameValue")) return "log-analytics";
  if (!Object.hasOwn(record, "operationName")) return null;
  if (Object.hasOwn(record, "eventTimestamp")) return "rest";
  const operation = operationOf(record, "diagnostic");
  const isDiagnostic = Object.hasOwn(record, "time") && Object.hasOwn(record, "resourceId");
  return isDiagnostic && (operation === null || RESOURCE_OPERATION.test(operation)) ? "diagnostic" : null;
}

/**
 * Azure Activity Log, as the REST API, diagnostic settings (Event Hub, storage) and Log Analytics give it. Source:
 * Azure Monitor, "Activity log event schema" with its mapping to the diagnostic schema, and "AzureActivity" columns.
 */
export function normalizeAzureActivity(record: JsonObject, form: Form): Outcome<LogEvent, Unnormalized> {
  const operation = operationOf(record, form);
  if (!operation) {
    const name = form === "log-analytics" ? "OperationNameValue" : "operationName";
    return failure({ reason: "no-operation", detail: `${name} is ${shown(at(record, name))}` });
  }
  const timeField = { rest: "eventTimestamp", diagnostic: "time", "log-analytics": "TimeGenerated" }[form];
  const occurredAt = parseTime(field(record, timeField) ?? "");
  if (!occurredAt) {
    return failure({ reason: "no-time", detail: `${timeField} is ${shown(at(record, timeField))}` });
  }

  const resourceId = firstOf(
    field(record, "resourceId"),
    field(record, "ResourceId"),
    field(record, "_ResourceId"),
    field(record, "authorization", "scope"),
  );
  const account = firstOf(
    field(record, "subscriptionId"),
    field(record, "SubscriptionId"),
    /^\/subscriptions\/([^/]+)/i.exec(resourceId ?? "")?.[1],
  );
  const sourceIp = firstOf(
    field(record, "callerIpAddress"),
    field(record, "CallerIpAddress"),
    field(objectIn(at(record, "httpRequest") ?? at(record, "HTTPRequest")), "clientIpAddress"),
  );
  const { outcome, errorCode } = resultOf(record);
  return success({
    id: recordId(record, LOG_ANALYTICS_FIELDS),
    occurredAt,
    platform: "azure",
    logSource: "azure-activity",
    service: operation.split("/")[0]?.toLowerCase() ?? null,
    operation,
    outcome,
    errorCode,
    ...azurePrincipal(record),
    accessKey: null,
    account: account?.toLowerCase() ?? null,
    // `location` is where the log was processed, not where the resource lies.
    region: null,
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: null,
    nativeId: firstOf(field(record, "eventDataId"), field(record, "EventDataId")),
    correlationId: firstOf(field(record, "correlationId"), field(record, "CorrelationId")),
    ...azureImages(operation, resourceId, propertiesOf(record)),
  });
}

function operationOf(record: JsonObject, form: Form): string | null {
  return form === "log-analytics"
    ? field(record, "OperationNameValue")
    : wrappedText(at(record, "operationName"));
}

/** The REST form wraps texts as `{ value, localizedValue }`; now and then another form does too. */
function wrappedText(value: JsonValue | undefined): string | null {
  return isJsonObject(value) ? field(value, "value") : field(value);
}

const RESULTS: Readonly<Record<string, EventOutcome>> = {
  success: "success",
  succeeded: "success",
  "0": "success",
  failed: "failure",
  failure: "failure",
  error: "failure",
  start: "unknown",
  started: "unknown",
  accept: "unknown",
  accepted: "unknown",
};

function resultOf(record: JsonObject): { outcome: EventOutcome; errorCode: string | null } {
  const status = firstOf(
    wrappedText(at(record, "status")),
    field(record, "resultType"),
    field(record, "ActivityStatusValue"),
  );
  const detail = firstOf(
    wrappedText(at(record, "subStatus")),
    field(record, "resultSignature"),
    field(record, "ActivitySubstatusValue"),
  );
  const outcome =
    RESULTS[status?.toLowerCase() ?? ""] ?? (status === null ? fromSignature(detail) : "unknown");
  return { outcome, errorCode: outcome === "failure" ? firstOf(detail, status) : null };
}

/** `Succeeded.Created`, `Failed.Forbidden`, or an HTTP status. */
function fromSignature(signature: string | null): EventOutcome {
  const [word = ""] = signature?.toLowerCase().split(".") ?? [];
  if (/^[45]\d\d$/.test(word)) return "failure";
  return /^20\d$/.test(word) && word !== "202" ? "success" : (RESULTS[word] ?? "unknown");
}

/** The request and response bodies, whichever way they are written. */
function propertiesOf(record: JsonObject): {
  request: JsonObject | undefined;
  response: JsonObject | undefined;
} {
  const properties =
    objectIn(at(record, "properties")) ??
    objectIn(at(record, "Properties_d")) ??
    objectIn(at(record, "Properties")) ??
    {};
  const find = (name: string) => Object.entries(properties).find(([key]) => key.toLowerCase() === name)?.[1];
  return { request: objectIn(find("requestbody")), response: objectIn(find("responsebody")) };
}
