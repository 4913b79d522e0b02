import { type JsonObject, listAt } from "#lib/json.ts";
import type { EventImage, ImageRole } from "./event.ts";
import { field } from "./field.ts";

type Bodies = { request: JsonObject | undefined; response: JsonObject | undefined };
type Facts = { images: EventImage[]; subject: string | null; details: JsonObject | null };

const NOTHING: Facts = { images: [], subject: null, details: null };

/** The images of a Resource Manager operation on managed images, virtual machines or container registries. */
export function azureImages(operation: string, resourceId: string | null, bodies: Bodies): Facts {
  const name = operation.toLowerCase();
  const resource = resourceId?.toLowerCase().replace(/\/+$/, "") ?? null;
  if (name.startsWith("microsoft.compute/images/")) {
    return resource
      ? { ...NOTHING, images: [resourceImage(resource, "managed-image", roleOf(name))] }
      : NOTHING;
  }
  if (name.startsWith("microsoft.compute/virtualmachines/capture")) return capture(resource, bodies);
  if (name.startsWith("microsoft.containerregistry/registries")) return registry(name, resource, bodies);
  return NOTHING;
}

function roleOf(operation: string): ImageRole {
  if (operation.endsWith("/write")) return "made";
  return operation.endsWith("/read") ? "used" : "changed";
}

function resourceImage(resource: string, kind: EventImage["kind"], role: ImageRole): EventImage {
  const name = resource.split("/").at(-1) || resource;
  const account = /^\/subscriptions\/([^/]+)/.exec(resource)?.[1] ?? null;
  return { kind, key: resource, name, role, account, region: null, tag: null, digest: null };
}

/** A capture makes an image, but its log names only the machine. */
function capture(resource: string | null, { request }: Bodies): Facts {
  if (!resource) return NOTHING;
  const container = field(request, "destinationContainerName");
  return {
    images: [resourceImage(resource, "virtual-machine", "source")],
    subject: null,
    details: container ? { destinationContainer: container } : null,
  };
}

function registry(operation: string, resource: string | null, { request }: Bodies): Facts {
  const name = /\/registries\/([^/]+)/.exec(resource ?? "")?.[1];
  if (!name) return NOTHING;
  const host = `${name}.azurecr.io`;
  const role: ImageRole = /\/registries\/(push|importimage)/.test(operation) ? "made" : "changed";
  const targets = [...listAt(request, "targetTags"), ...listAt(request, "untaggedTargetRepositories")]
    .filter((target) => typeof target === "string")
    .map((target) => repository(host, target, role));
  const source = field(request, "source", "sourceImage");
  const from = field(request, "source", "registryUri") ?? field(request, "source", "resourceId");
  const details = { ...(source && { sourceImage: source }), ...(from && { sourceRegistry: from }) };
  return {
    images: targets.length > 0 ? targets : [repository(host, "", role)],
    subject: null,
    details: Object.keys(details).length > 0 ? details : null,
  };
}

/** `target` is `repository:tag`, a repository, or nothing when the log names the registry alone. */
function repository(host: string, target: string, role: ImageRole): EventImage {
  const [, path = "", tag = null] = /^([^:@]*)(?::([^@]+))?/.exec(target) ?? [];
  const key = path ? `${host}/${path.toLowerCase()}` : host;
  return {
    kind: "repository",
    key,
    name: path || host,
    role,
    account: null,
    region: null,
    tag,
    digest: null,
  };
}
