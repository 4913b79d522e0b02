import { at, type JsonObject, listAt } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { refusalWords, refusingPolicies } from "./admission-refusal.ts";
import { auditOfRow, isAksAuditRow } from "./aks-audit-row.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventActor, EventOutcome, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, objectIn, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { LOG_ANALYTICS_FIELDS } from "./log-analytics.ts";
import { breakGlass, deniedBy, podImages } from "./pod-request.ts";
import { present } from "./registry-image.ts";
import { parseTime } from "./time.ts";

/** The API server writes an event as it is. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

function isAudit(record: JsonObject | undefined): record is JsonObject {
  return record?.kind === "Event" && /^audit\.k8s\.io\//.test(field(record, "apiVersion") ?? "");
}

/** The event itself, the text of it that AKS sends among its resource logs, or a row that was made of it. */
function auditIn(record: JsonObject): JsonObject | undefined {
  if (isAudit(record)) return record;
  if (isAksAuditRow(record)) return auditOfRow(record);
  const isAks = /^kube-audit/.test(field(record, "category") ?? field(record, "Category") ?? "");
  const inside = isAks ? objectIn(at(record, "properties", "log") ?? at(record, "log_s")) : undefined;
  return isAudit(inside) ? inside : undefined;
}

export function isKubernetesAudit(record: JsonObject): boolean {
  return auditIn(record) !== undefined;
}

/**
 * The audit log of a Kubernetes API server, direct or sent by AKS. Source: Kubernetes, "kube-apiserver audit
 * configuration (v1)". The id is that of the event inside, so that both ways give one event.
 */
export function normalizeKubernetesAudit(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const audit = auditIn(record) ?? record;
  const verb = field(audit, "verb");
  if (!verb) return failure({ reason: "no-operation", detail: `verb is ${shown(at(audit, "verb"))}` });
  const time = firstOf(
    field(audit, "requestReceivedTimestamp"),
    field(audit, "stageTimestamp"),
    field(audit, "timestamp"),
  );
  const occurredAt = parseTime(time ?? "");
  if (!occurredAt) {
    return failure({ reason: "no-time", detail: `requestReceivedTimestamp is ${shown(time ?? undefined)}` });
  }

  const object = at(audit, "objectRef");
  const resource = [field(object, "resource"), field(object, "subresource")].filter((part) => part).join("/");
  const namespace = field(object, "namespace");
  const name = firstOf(field(object, "name"), field(audit, "requestObject", "metadata", "name"));
  const principal = field(audit, "user", "username");
  const sourceIp = field(listAt(audit, "sourceIPs")[0]);
  const requested = objectIn(at(audit, "requestObject"));
  const message = field(audit, "responseStatus", "message");
  const cluster = firstOf(field(record, "resourceId"), field(record, "_ResourceId"))?.toLowerCase() ?? null;
  return success({
    ...BLANK_EVENT,
    id: isAksAuditRow(record) ? recordId(record, LOG_ANALYTICS_FIELDS) : recordId(audit, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "kubernetes-audit",
    service: "kubernetes",
    operation: resource ? `${verb} ${resource}` : verb,
    ...resultOf(audit),
    actor: principal === null ? null : actorOf(principal),
    principal,
    account: /^\/subscriptions\/([^/]+)/.exec(cluster ?? "")?.[1] ?? null,
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: field(audit, "userAgent"),
    nativeId: field(audit, "auditID"),
    correlationId: field(audit, "auditID"),
    images: podImages(requested),
    subject: name ? `${resource}:${namespace ? `${namespace}/` : ""}${name}` : null,
    details: present({ cluster, namespace, ...refusalIn(message), breakGlass: breakGlass(requested) }),
  });
}

function refusalIn(message: string | null): Record<string, string | string[]> {
  const webhook = deniedBy(message);
  if (webhook === null || message === null) return {};
  return { deniedBy: webhook, policies: refusingPolicies(webhook, message), refusal: refusalWords(message) };
}

/** Service accounts are named by their namespace; what else begins with `system:` belongs to the cluster. */
function actorOf(name: string): EventActor {
  if (name.startsWith("system:serviceaccount:")) {
    return { kind: "workload", key: `kubernetes/${name}`, name: name.slice(22), account: null };
  }
  if (name.startsWith("system:")) return { kind: "service", key: `kubernetes/${name}`, name, account: null };
  const kind = name.includes("@") ? "person" : "unknown";
  return { kind, key: `kubernetes/${name.toLowerCase()}`, name, account: null };
}

function resultOf(audit: JsonObject): { outcome: EventOutcome; errorCode: string | null } {
  const code = field(audit, "responseStatus", "code");
  if (code === null) return { outcome: "unknown", errorCode: null };
  if (Number(code) < 400) return { outcome: "success", errorCode: null };
  return { outcome: "failure", errorCode: firstOf(field(audit, "responseStatus", "reason"), code) };
}
