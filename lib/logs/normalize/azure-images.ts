import { at, type JsonObject, listAt } from "#lib/json.ts";
import type { EventImage, ImageRole } from "./event.ts";
import { field } from "./field.ts";
import { present } from "./registry-image.ts";

type Bodies = { request: JsonObject | undefined; response: JsonObject | undefined };
type Facts = { images: EventImage[]; subject: string | null; details: JsonObject | null };

const NOTHING: Facts = { images: [], subject: null, details: null };

/** The images of a Resource Manager operation on managed images, virtual machines or container registries. */
export function azureImages(operation: string, resourceId: string | null, bodies: Bodies): Facts {
  const name = operation.toLowerCase();
  const resource = resourceId?.toLowerCase().replace(/\/+$/, "") ?? null;
  if (name.startsWith("microsoft.compute/images/")) {
    if (!resource) return NOTHING;
    const image = resourceImage(resource, "managed-image", roleOf(name));
    return { ...NOTHING, images: [image, ...sources(bodies.request, resource)] };
  }
  if (name.startsWith("microsoft.compute/galleries/")) return gallery(name, resource, bodies);
  if (name.startsWith("microsoft.virtualmachineimages/imagetemplates/")) return template(name, resource);
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

/** Galleries, their image definitions and the versions of these: only a version holds an image. */
function gallery(operation: string, resource: string | null, { request }: Bodies): Facts {
  if (!resource || operation.includes("/applications")) return NOTHING;
  const isVersion = operation.includes("/images/versions/");
  const image = resourceImage(resource, "managed-image", isVersion ? roleOf(operation) : "changed");
  if (!operation.includes("/share/")) return { ...NOTHING, images: [image, ...sources(request, resource)] };
  const parties = sharingParties(request);
  const isTaken = /^(remove|reset)$/i.test(field(request, "operationType") ?? "");
  return {
    ...NOTHING,
    images: [{ ...image, role: isTaken ? "changed" : "shared" }],
    details: present(
      isTaken ? { unsharedFrom: parties.length > 0 ? parties : ["everybody"] } : { sharedWith: parties },
    ),
  };
}

/** Source: Azure Compute REST API, "Gallery Sharing Profile - Update". Subscriptions, tenants, or `all`. */
function sharingParties(request: JsonObject | undefined): string[] {
  const groups = listAt(request, "groups");
  const named = groups.flatMap((group) =>
    listAt(group, "ids").flatMap((id) => field(id)?.toLowerCase() ?? []),
  );
  const isCommunity =
    /^enablecommunity$/i.test(field(request, "operationType") ?? "") ||
    groups.some((group) => /^community$/i.test(field(group, "type") ?? ""));
  return isCommunity ? ["all", ...named] : named;
}

/** A template writes no image before it is run. */
function template(operation: string, resource: string | null): Facts {
  if (!resource) return NOTHING;
  const role = operation.endsWith("/run/action") ? "made" : "changed";
  return { ...NOTHING, images: [resourceImage(resource, "managed-image", role)] };
}

/** What the body of a request names as that from which an image is made. */
function sources(request: JsonObject | undefined, made: string): EventImage[] {
  const named = [
    field(request, "properties", "sourceVirtualMachine", "id"),
    field(request, "properties", "storageProfile", "source", "id"),
    field(request, "properties", "storageProfile", "osDiskImage", "source", "id"),
  ].flatMap((id) => id?.toLowerCase().replace(/\/+$/, "") ?? []);
  return [...new Set(named)]
    .filter((id) => id !== made)
    .flatMap((id) => {
      if (id.includes("/virtualmachines/")) return [resourceImage(id, "virtual-machine", "source")];
      const isImage = id.includes("/microsoft.compute/images/") || id.includes("/galleries/");
      return isImage ? [resourceImage(id, "managed-image", "source")] : [];
    });
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
  return {
    images: targets.length > 0 ? targets : [repository(host, "", role)],
    subject: null,
    details: present({
      sourceImage: source,
      sourceRegistry: from,
      importMode: operation.includes("/importimage/") ? field(request, "mode") : null,
      guardLowered: operation.endsWith("/registries/write") ? openedBy(request) : null,
    }),
  };
}

/**
 * What a write to a registry opens, in words. Source: Azure Container Registry REST API, "Registries - Update". A write
 * whose body was not logged says nothing.
 */
function openedBy(request: JsonObject | undefined): string | null {
  const properties = at(request, "properties");
  const is = (value: string, ...path: string[]) =>
    field(properties, ...path)?.toLowerCase() === value || String(at(properties, ...path)) === value;
  const opened = [
    is("true", "adminUserEnabled") && "admin user off",
    is("true", "anonymousPullEnabled") && "sign-in to pull",
    is("enabled", "publicNetworkAccess") && "network closed to the public",
    is("allow", "networkRuleSet", "defaultAction") && "network rules",
    is("disabled", "policies", "quarantinePolicy", "status") && "quarantine",
    is("disabled", "policies", "trustPolicy", "status") && "content trust",
  ].filter((text) => text !== false);
  return opened.length > 0 ? opened.join(", ") : null;
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
