import { at, isJsonObject, type JsonObject } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventImage, ImageRole, LogEvent, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { present, registryImage } from "./registry-image.ts";
import { parseTime } from "./time.ts";

/** Registries send their notifications as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

const ROLES: Readonly<Record<string, ImageRole>> = {
  push: "made",
  pull: "used",
  delete: "changed",
  mount: "changed",
};
/** Manifests and lists of them; what else is pushed is a layer or a configuration. */
const MANIFEST = /manifest|image\.index/;
const AZURE_REGISTRY = /\.azurecr\.(io|cn|us)$/;

/** The notification in a record: itself, or what Event Grid delivers, whose schema and that of CloudEvents have `data`. */
function notificationIn(record: JsonObject): JsonObject | undefined {
  const type = firstOf(field(record, "type"), field(record, "eventType"));
  const inside = type?.startsWith("Microsoft.ContainerRegistry.") ? at(record, "data") : record;
  const isNotification =
    isJsonObject(inside) && isJsonObject(at(inside, "target")) && Object.hasOwn(inside, "action");
  return isNotification ? inside : undefined;
}

export function isRegistryNotification(record: JsonObject): boolean {
  return notificationIn(record) !== undefined;
}

/**
 * Notifications of a registry that follows the distribution project, Azure's webhooks and Event Grid among them. Sources:
 * CNCF Distribution, "Notifications"; Azure Container Registry, "webhook schema" and "Event Grid event schema".
 */
export function normalizeRegistryNotification(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const notification = notificationIn(record) ?? record;
  const action = field(notification, "action");
  if (!action)
    return failure({ reason: "no-operation", detail: `action is ${shown(at(notification, "action"))}` });
  const time = firstOf(field(notification, "timestamp"), field(record, "time"), field(record, "eventTime"));
  const occurredAt = parseTime(time ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `timestamp is ${shown(time ?? undefined)}` });

  const host = hostOf(notification);
  const isAzure = AZURE_REGISTRY.test(host);
  const resourceId = firstOf(field(record, "source"), field(record, "topic"));
  const sourceIp = field(notification, "request", "addr");
  const name = field(notification, "actor", "name");
  const image = imageOf(notification, action, host);
  const mediaType = field(notification, "target", "mediaType");
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: isAzure ? "azure" : "container",
    logSource: "registry-notification",
    service: isAzure ? "microsoft.containerregistry" : "registry",
    operation: action,
    // A notification is sent of what was done.
    outcome: "success",
    actor: name ? { kind: "unknown", key: `${host}/${name.toLowerCase()}`, name, account: null } : null,
    principal: name,
    account: /^\/subscriptions\/([^/]+)/i.exec(resourceId ?? "")?.[1]?.toLowerCase() ?? null,
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: field(notification, "request", "useragent"),
    nativeId: field(notification, "id"),
    correlationId: field(notification, "request", "id"),
    images: image ? [image] : [],
    subject: image ? null : `registry:${host}`,
    details: present({ mediaType }),
  });
}

function hostOf(notification: JsonObject): string {
  const url = field(notification, "target", "url");
  const fromUrl = url && URL.canParse(url) ? new URL(url).host : null;
  return (firstOf(field(notification, "request", "host"), fromUrl) ?? "unknown-registry").toLowerCase();
}

/** A layer is none: a push tells of each, and last of the manifest. */
function imageOf(notification: JsonObject, action: string, host: string): EventImage | null {
  const repository = field(notification, "target", "repository");
  const mediaType = field(notification, "target", "mediaType");
  if (!repository || (mediaType !== null && !MANIFEST.test(mediaType))) return null;
  const tag = field(notification, "target", "tag");
  const digest = field(notification, "target", "digest");
  return registryImage({ host, repository, role: ROLES[action.toLowerCase()] ?? "changed", tag, digest });
}
