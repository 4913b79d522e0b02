import { at, isJsonObject, type JsonObject } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventImage, ImageRole, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { parseReference } from "./image-reference.ts";
import { present, registryImage } from "./registry-image.ts";
import { parseEpoch, parseTime } from "./time.ts";

/** The daemon prints its events as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

/** `create` is what an engine with containerd's store says of a build. */
const ROLES: Readonly<Record<string, ImageRole>> = {
  create: "made",
  push: "made",
  tag: "made",
  load: "made",
  import: "made",
  build: "made",
  pull: "used",
  save: "used",
  delete: "changed",
  untag: "changed",
};

export function isDockerEvent(record: JsonObject): boolean {
  return typeof record.Type === "string" && typeof record.Action === "string" && isJsonObject(record.Actor);
}

/**
 * Events of a Docker daemon, as `docker events` prints them as text or, with `--format '{{json .}}'`, as JSON. They name no
 * user and no address. Source: Docker Engine API, "SystemEvents"; Docker CLI, "docker events".
 */
export function normalizeDockerEvent(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const type = field(record, "Type");
  const action = field(record, "Action");
  if (!type || !action)
    return failure({ reason: "no-operation", detail: `Action is ${shown(at(record, "Action"))}` });
  const occurredAt = parseEpoch(at(record, "time")) ?? parseTime(field(record, "time") ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `time is ${shown(at(record, "time"))}` });

  const id = field(record, "Actor", "ID");
  const image = imageOf(record, type, action);
  const [verb = action] = action.split(":");
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "docker",
    service: "docker",
    // What was run in a container stands behind a colon.
    operation: `${type} ${verb}`,
    outcome: "success",
    images: image ? [image] : [],
    subject: image || !id ? null : `${type}:${id}`,
    details: present({
      command: action === verb ? null : action.slice(verb.length + 1).trim(),
      container: type === "container" ? id : null,
      name: field(record, "Actor", "Attributes", "name"),
    }),
  });
}

/** What is built is an image, whoever tells of it: engines say so as `image` and as `builder`. */
function isOfImage(type: string, action: string): boolean {
  return type === "image" || (type === "builder" && action === "build");
}

/** Of an image its own reference; of a container that of the image that it runs, or was committed from. */
function imageOf(record: JsonObject, type: string, action: string): EventImage | null {
  const attributes = at(record, "Actor", "Attributes");
  const isImage = isOfImage(type, action);
  const texts = isImage
    ? [field(record, "Actor", "ID"), field(attributes, "name")]
    : [type === "container" ? field(attributes, "image") : null];
  const references = texts.flatMap((text) => (text && parseReference(text)) || []);
  // The name may be the repository alone where the id is the whole reference.
  const reference = references.find(({ tag, digest }) => firstOf(tag, digest)) ?? references[0];
  if (!reference) return null;
  const role = isImage ? (ROLES[action] ?? "used") : action === "commit" ? "source" : "used";
  return registryImage({ ...reference, role });
}
