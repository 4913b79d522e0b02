import { type JsonObject, listAt } from "#lib/json.ts";
import type { EventImage, ImageRole, LogEvent } from "./event.ts";
import { field, firstOf, objectIn } from "./field.ts";
import { breakGlass, deniedBy, podImages } from "./pod-request.ts";
import { present, registryImage } from "./registry-image.ts";

type Facts = Pick<LogEvent, "images" | "subject" | "details">;
const NOTHING: Facts = { images: [], subject: null, details: null };

const COMPUTE_IMAGES = /(?:^|\.)compute\.(?:images|machineImages)\.(\w+)$/;
const DOCKER = /^Docker-(\w+)$/;
/** Of a longer policy the rest is in the record. */
const MOST_MEMBERS = 50;
const EVERYBODY = new Set(["allUsers", "allAuthenticatedUsers"]);

/** The images of a call to Compute Engine or Artifact Registry. */
export function gcpImages(
  payload: JsonObject,
  operation: string,
  resource: string | null,
  project: string | null,
): Facts {
  const compute = COMPUTE_IMAGES.exec(operation)?.[1];
  if (compute) return computeImages(payload, compute, resource);
  const docker = DOCKER.exec(operation)?.[1];
  if (docker || operation.startsWith("google.devtools.artifactregistry.")) {
    return artifact(docker ?? operation, resource, project, grantsOf(payload));
  }
  if (operation.startsWith("io.k8s.")) return pod(payload, resource);
  return NOTHING;
}

function computeImages(payload: JsonObject, method: string, resource: string | null): Facts {
  const key = imageKey(resource);
  const sources = [field(payload, "request", "sourceImage")].flatMap((source) => imageKey(source) ?? []);
  const { added: sharedWith, removed } = method === "setIamPolicy" ? membersOf(grantsOf(payload)) : NOBODY;
  const images = [
    ...(key ? [image(key, roleOf(method, sharedWith))] : []),
    ...sources.filter((source) => source !== key).map((source) => image(source, "source")),
  ];
  return {
    images,
    subject: images.length > 0 ? null : named(field(payload, "request", "name")),
    details: present({
      sharedWith,
      unsharedFrom: removed,
      sourceDisk: field(payload, "request", "sourceDisk"),
      sourceSnapshot: field(payload, "request", "sourceSnapshot"),
      sourceInstance: field(payload, "request", "sourceInstance"),
      rawDisk: field(payload, "request", "rawDisk", "source"),
      family: field(payload, "request", "family"),
    }),
  };
}

function named(name: string | null): string | null {
  return name ? `name:${name}` : null;
}

function imageKey(resource: string | null): string | null {
  return /projects\/[^/]+\/global\/(?:images|machineImages)\/[^/?]+/.exec(resource ?? "")?.[0] ?? null;
}

function image(key: string, role: ImageRole): EventImage {
  const [, account = null] = key.split("/");
  const name = key.split("/").at(-1) ?? key;
  return { kind: "machine-image", key, name, role, account, region: null, tag: null, digest: null };
}

function roleOf(method: string, sharedWith: readonly string[]): ImageRole {
  if (method === "insert") return "made";
  if (sharedWith.length > 0) return "shared";
  return /^(get|list|aggregatedList|testIamPermissions)/.test(method) ? "used" : "changed";
}

type Grant = { role: string; member: string; isRemoved: boolean };

/**
 * What a policy gives to whom: what was changed where the log says it (`policyDelta`), else all of the new policy. Source:
 * Identity and Access Management, "AuditData" and "Policy".
 */
function grantsOf(payload: JsonObject): Grant[] {
  const deltas = listAt(payload, "serviceData", "policyDelta", "bindingDeltas");
  const found = deltas.map((delta) => ({
    role: field(delta, "role") ?? "",
    member: field(delta, "member"),
    isRemoved: field(delta, "action") === "REMOVE",
  }));
  const whole = listAt(payload, "request", "policy", "bindings").flatMap((binding) =>
    listAt(binding, "members").map((member) => ({
      role: field(binding, "role") ?? "",
      member: field(member),
      isRemoved: false,
    })),
  );
  return (deltas.length > 0 ? found : whole).flatMap(({ role, member, isRemoved }) =>
    member === null ? [] : [{ role, member: EVERYBODY.has(member) ? "all" : member, isRemoved }],
  );
}

const NOBODY: { added: string[]; removed: string[] } = { added: [], removed: [] };

function membersOf(grants: readonly Grant[]): { added: string[]; removed: string[] } {
  const names = (isRemoved: boolean) =>
    new Set(grants.filter((grant) => grant.isRemoved === isRemoved).map(({ member }) => member));
  return {
    added: [...names(false)].slice(0, MOST_MEMBERS),
    removed: [...names(true)].slice(0, MOST_MEMBERS),
  };
}

const RESOURCE =
  /projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)(?:\/(?:dockerImages|packages)\/([^/]+))?(?:\/(?:tags|versions)\/([^/]+))?/;
const MAKES = /^(PutManifest|StartUpload|FinishUpload)$/;
const READS = /^(Get|Head|List|Serve|Catalog)/;
/** Roles with which an image can be put into a repository. */
const MAY_PUSH = /artifactregistry\.(writer|admin|repoAdmin|createOnPush\w*)$|^roles\/(owner|editor)$/i;

/** `projects/P/locations/L/repositories/R/dockerImages/NAME`, with a digest, a tag, or an escaped slash in the name. */
function artifact(
  method: string,
  resource: string | null,
  project: string | null,
  grants: readonly Grant[],
): Facts {
  const [, owner = project, location, repository, escaped] = RESOURCE.exec(resource ?? "") ?? [];
  if (!owner || !location || !repository) return NOTHING;
  const [, name = "", tag = null, digest = null] =
    /^([^:@]*)(?::([^@]+))?(?:@(.+))?$/.exec(unescaped(escaped ?? "")) ?? [];
  const action = method.split(".").at(-1) ?? method;
  const { added: sharedWith, removed: unsharedFrom } = membersOf(grants);
  const pushGrantedTo = membersOf(grants.filter(({ role }) => MAY_PUSH.test(role))).added;
  return {
    ...NOTHING,
    details: present({ sharedWith, unsharedFrom, pushGrantedTo }),
    images: [
      registryImage({
        host: `${location}-docker.pkg.dev`,
        repository: [owner, repository, ...(name ? [name] : [])].join("/"),
        role: MAKES.test(action) ? "made" : READS.test(action) ? "used" : "changed",
        tag: firstOf(tag, /\/tags\/([^/]+)/.exec(resource ?? "")?.[1]),
        digest: firstOf(digest, /\/versions\/(sha256:[^/]+)/.exec(resource ?? "")?.[1]),
        account: owner,
        region: location,
      }),
    ],
  };
}

/** What GKE's own log tells of a pod, or of what makes pods. */
function pod(payload: JsonObject, resource: string | null): Facts {
  const request = objectIn(payload.request);
  return {
    images: podImages(request),
    subject: resource ? `pods:${resource}` : null,
    details: present({
      breakGlass: breakGlass(request),
      deniedBy: deniedBy(field(payload, "status", "message")),
    }),
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
