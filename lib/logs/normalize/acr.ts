import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { azurePrincipal } from "./azure-actor.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventImage, EventOutcome, ImageRole, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, objectIn, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { LOG_ANALYTICS_FIELDS } from "./log-analytics.ts";
import { present, registryImage } from "./registry-image.ts";
import { parseTime } from "./time.ts";

const CATEGORIES = new Set(["containerregistryrepositoryevents", "containerregistryloginevents"]);

export function isAcrLog(record: JsonObject): boolean {
  const category = firstOf(field(record, "category"), field(record, "Category"), field(record, "Type"));
  if (category !== null && CATEGORIES.has(category.toLowerCase())) return true;
  return Object.hasOwn(record, "LoginServer") && Object.hasOwn(record, "OperationName");
}

/**
 * Resource logs of Azure Container Registry, as Log Analytics gives their rows and as diagnostic settings send them.
 * Source: Azure Monitor reference, tables ContainerRegistryRepositoryEvents and ContainerRegistryLoginEvents. The names
 * in the diagnostic form were not seen: they are taken in any case, at the top or under `properties`.
 */
export function normalizeAcr(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const say = fieldsOf(record);
  const operation = say("operationname");
  if (!operation) {
    return failure({ reason: "no-operation", detail: "operationName is missing or says nothing" });
  }
  const time = say("timegenerated") ?? say("time");
  const occurredAt = parseTime(time ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `its time is ${shown(time ?? undefined)}` });

  const resourceId = firstOf(say("_resourceid"), say("resourceid"));
  const host = firstOf(say("loginserver"), hostOf(resourceId));
  const sourceIp = firstOf(say("calleripaddress"));
  const { actor, principal } = azurePrincipal(identityOf(say("identity")));
  const image = imageOf(operation, host, say);
  return success({
    ...BLANK_EVENT,
    id: recordId(record, LOG_ANALYTICS_FIELDS),
    occurredAt,
    platform: "azure",
    logSource: "acr",
    service: "microsoft.containerregistry",
    operation,
    ...resultOf(say),
    actor,
    principal,
    account: /^\/subscriptions\/([^/]+)/i.exec(resourceId ?? "")?.[1]?.toLowerCase() ?? null,
    region: say("region") ?? say("location"),
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: say("useragent"),
    correlationId: say("correlationid"),
    images: image ? [image] : [],
    subject: image || !host ? null : `registry:${host.toLowerCase()}`,
    details: present({ mediaType: say("mediatype"), artifactType: say("artifacttype") }),
  });
}

type Say = (name: string) => string | null;

/** Reads a field by its name in lower case. */
function fieldsOf(record: JsonObject): Say {
  const fields = new Map<string, JsonValue>();
  const properties = objectIn(record.properties) ?? {};
  for (const [name, value] of [...Object.entries(properties), ...Object.entries(record)]) {
    if (!isJsonObject(value) && value !== "" && value !== null) fields.set(name.toLowerCase(), value);
  }
  return (name) => field(fields.get(name));
}

/** Where there is nothing, or `-`, nobody signed in. */
function identityOf(identity: string | null): JsonObject {
  return identity === null || identity === "-" ? {} : { identity };
}

function hostOf(resourceId: string | null): string | null {
  const name = /\/registries\/([^/]+)/i.exec(resourceId ?? "")?.[1];
  return name ? `${name.toLowerCase()}.azurecr.io` : null;
}

function imageOf(operation: string, host: string | null, say: Say): EventImage | null {
  const repository = say("repository");
  if (!host || !repository) return null;
  return registryImage({
    host,
    repository,
    role: roleOf(operation),
    tag: say("tag"),
    digest: say("digest"),
  });
}

function roleOf(operation: string): ImageRole {
  if (/^push/i.test(operation)) return "made";
  return /^pull/i.test(operation) ? "used" : "changed";
}

/** `ResultType` is a word, an HTTP status, or `HttpStatusCode`: then the description is the status. */
function resultOf(say: Say): { outcome: EventOutcome; errorCode: string | null } {
  const words = [say("resulttype"), say("resultdescription"), say("resultsignature")];
  const status = words.find((word) => /^[1-5]\d\d$/.test(word ?? ""));
  if (status) {
    const isFailure = Number(status) >= 400;
    return { outcome: isFailure ? "failure" : "success", errorCode: isFailure ? status : null };
  }
  if (words.some((word) => /^succe(ss|eded)$/i.test(word ?? "")))
    return { outcome: "success", errorCode: null };
  const isFailure = words.some((word) => /fail|denied|unauthorized|forbidden|error/i.test(word ?? ""));
  return isFailure
    ? { outcome: "failure", errorCode: firstOf(...words.slice(1), words[0]) }
    : { outcome: "unknown", errorCode: null };
}
