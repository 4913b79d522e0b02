import { at, isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventActor, EventImage, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { parseReference } from "./image-reference.ts";
import { present, registryImage } from "./registry-image.ts";
import { parseEpoch, parseTime } from "./time.ts";

/** Falco writes an alert as it is. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

export function isFalcoAlert(record: JsonObject): boolean {
  return (
    isJsonObject(record.output_fields) &&
    Object.hasOwn(record, "priority") &&
    (Object.hasOwn(record, "rule") || Object.hasOwn(record, "output"))
  );
}

/**
 * Alerts of Falco, as JSON or as lines of text; the operation is the rule, of which a line has no more than its sentence.
 * Source: Falco, "Output channels" and "Supported fields".
 */
export function normalizeFalcoAlert(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const operation = firstOf(field(record, "rule"), sentenceOf(record));
  if (!operation) return failure({ reason: "no-operation", detail: `rule is ${shown(at(record, "rule"))}` });
  const occurredAt = timeOf(record);
  if (!occurredAt) {
    const time = at(record, "time");
    const lack = typeof time === "string" && /^\d\d:\d\d:\d\d\b/.test(time) ? ", which has no date" : "";
    return failure({ reason: "no-time", detail: `time is ${shown(time)}${lack}` });
  }

  const fields = at(record, "output_fields");
  const host = field(record, "hostname");
  const user = said(fields, "ka.user.name", "user.name", "user");
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
      command: said(fields, "proc.cmdline", "command", "cmdline"),
      container: said(fields, "container.id", "container_id", "container"),
      namespace: said(fields, "k8s.ns.name", "k8s_ns_name", "k8s_ns", "k8s.ns"),
      pod: said(fields, "k8s.pod.name", "k8s_pod_name", "k8s.pod"),
    }),
  });
}

/** What a line says before the fields that it ends with. */
function sentenceOf(record: JsonObject): string | null {
  const output = field(record, "output");
  return firstOf(output?.split(/ \([a-z][\w.]*=/, 1)[0]?.trim());
}

/**
 * A line may have the time of a clock alone, which is the host's: then the time counts at which it was passed on. The
 * nanoseconds in `evt.time` are beyond what a number holds.
 */
function timeOf(record: JsonObject): Date | null {
  const received = at(record, "received");
  return parseTime(field(record, "time") ?? "") ?? parseTime(field(received) ?? "") ?? parseEpoch(received);
}

/** Of the names that a field has in JSON and in the sentences of rules; what Falco does not know it writes as `<NA>`. */
function said(fields: JsonValue | undefined, ...names: readonly string[]): string | null {
  const texts = names.map((name) => field(fields, name));
  return firstOf(...texts.map((text) => (text === "<NA>" ? null : text)));
}

/** A name such as `root` is one of each machine. */
function userOn(host: string | null, user: string): EventActor {
  return { kind: "unknown", key: `host/${host ?? "unknown-host"}/${user}`, name: user, account: null };
}

/** Falco and Sysdig name the image in parts, or whole; a digest may be a list of them. */
export function containerImage(fields: JsonValue | undefined): EventImage | null {
  const image = said(
    fields,
    ...["container.image.repository", "container.image.repo", "container_image_repository"],
    ...["container.image", "container_image", "image"],
  );
  const reference = parseReference(image ?? "");
  if (!reference) return null;
  const digests = at(fields, "container.image.digest") ?? at(fields, "container_image_digest");
  return registryImage({
    ...reference,
    role: "used",
    tag: firstOf(said(fields, "container.image.tag", "container_image_tag"), reference.tag),
    digest: firstOf(field(Array.isArray(digests) ? digests[0] : digests), reference.digest),
  });
}
