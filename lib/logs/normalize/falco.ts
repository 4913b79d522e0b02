import { at, isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventActor, EventImage, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { parseReference } from "./image-reference.ts";
import { present, registryImage } from "./registry-image.ts";
import { parseTime } from "./time.ts";

/** Falco writes an alert as it is. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

export function isFalcoAlert(record: JsonObject): boolean {
  return (
    isJsonObject(record.output_fields) && Object.hasOwn(record, "rule") && Object.hasOwn(record, "priority")
  );
}

/** Alerts of Falco as JSON; the operation is the rule. Source: Falco, "Output channels" and "Supported fields". */
export function normalizeFalcoAlert(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const operation = field(record, "rule");
  if (!operation) return failure({ reason: "no-operation", detail: `rule is ${shown(at(record, "rule"))}` });
  // The nanoseconds in `evt.time` are beyond what a number holds.
  const occurredAt = parseTime(field(record, "time") ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `time is ${shown(at(record, "time"))}` });

  const fields = at(record, "output_fields");
  const host = field(record, "hostname");
  const user = firstOf(field(fields, "ka.user.name"), field(fields, "user.name"));
  const image = containerImage(fields);
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "falco",
    service: "falco",
    operation,
    outcome: "success",
    actor: user ? userOn(host, user) : null,
    principal: user,
    nativeId: field(record, "uuid"),
    images: image ? [image] : [],
    subject: image ? null : `host:${host ?? "unknown"}`,
    details: present({
      priority: field(record, "priority"),
      command: field(fields, "proc.cmdline"),
      container: field(fields, "container.id"),
      namespace: field(fields, "k8s.ns.name"),
      pod: field(fields, "k8s.pod.name"),
    }),
  });
}

/** A name such as `root` is one of each machine. */
function userOn(host: string | null, user: string): EventActor {
  return { kind: "unknown", key: `host/${host ?? "unknown-host"}/${user}`, name: user, account: null };
}

/** Falco and Sysdig name the image in parts, or whole; a digest may be a list of them. */
export function containerImage(fields: JsonValue | undefined): EventImage | null {
  const repository = firstOf(
    field(fields, "container.image.repository"),
    field(fields, "container.image.repo"),
  );
  const reference = parseReference(firstOf(repository, field(fields, "container.image")) ?? "");
  if (!reference) return null;
  const digests = at(fields, "container.image.digest");
  return registryImage({
    ...reference,
    role: "used",
    tag: firstOf(field(fields, "container.image.tag"), reference.tag),
    digest: firstOf(field(Array.isArray(digests) ? digests[0] : digests), reference.digest),
  });
}
