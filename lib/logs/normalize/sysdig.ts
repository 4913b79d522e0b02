import { at, isJsonObject, type JsonObject } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { LogEvent, Unnormalized } from "./event.ts";
import { containerImage } from "./falco.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { present } from "./registry-image.ts";
import { parseEpoch, parseTime } from "./time.ts";

/** Sysdig forwards its events as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

export function isSysdigEvent(record: JsonObject): boolean {
  const content = record.content;
  return isJsonObject(content) && Object.hasOwn(content, "ruleName") && Object.hasOwn(record, "timestamp");
}

/**
 * Policy events of Sysdig Secure, as its event forwarder sends them. No real one was seen: assumed are `timestamp` in
 * nanoseconds (or a text), the rule in `content.ruleName`, and Falco's fields in `content.fields` with the image's in
 * `labels`. Source: Sysdig Secure, "Event forwarding".
 */
export function normalizeSysdigEvent(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const operation = firstOf(field(record, "content", "ruleName"), field(record, "name"));
  if (!operation) {
    return failure({
      reason: "no-operation",
      detail: `ruleName is ${shown(at(record, "content", "ruleName"))}`,
    });
  }
  const time = at(record, "timestamp");
  const text = firstOf(field(record, "timestampRFC3339Nano"), field(time)) ?? "";
  const occurredAt = parseTime(text) ?? parseEpoch(time);
  if (!occurredAt) return failure({ reason: "no-time", detail: `timestamp is ${shown(time)}` });

  const fields = at(record, "content", "fields");
  const labels = at(record, "labels");
  const host = firstOf(field(labels, "host.hostName"), field(record, "machineId"));
  const user = field(fields, "user.name");
  const image = containerImage(labels) ?? containerImage(fields);
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "sysdig",
    service: "sysdig",
    operation,
    outcome: "success",
    actor: user
      ? { kind: "unknown", key: `host/${host ?? "unknown-host"}/${user}`, name: user, account: null }
      : null,
    principal: user,
    nativeId: field(record, "id"),
    images: image ? [image] : [],
    subject: image ? null : `host:${host ?? "unknown"}`,
    details: present({
      priority: field(record, "severity"),
      command: field(fields, "proc.cmdline"),
      container: field(record, "containerId"),
      namespace: field(labels, "kubernetes.namespace.name"),
      pod: field(labels, "kubernetes.pod.name"),
    }),
  });
}
