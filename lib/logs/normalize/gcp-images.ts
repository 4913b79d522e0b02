import { type JsonObject, listAt } from "#lib/json.ts";
import type { EventImage, ImageRole, LogEvent } from "./event.ts";
import { field, firstOf } from "./field.ts";
import { present, registryImage } from "./registry-image.ts";

type Facts = Pick<LogEvent, "images" | "subject" | "details">;
const NOTHING: Facts = { images: [], subject: null, details: null };

const COMPUTE_IMAGES = /(?:^|\.)compute\.images\.(\w+)$/;
const DOCKER = /^Docker-(\w+)$/;
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
    return artifact(docker ?? operation, resource, project);
  }
  return NOTHING;
}

function computeImages(payload: JsonObject, method: string, resource: string | null): Facts {
  const key = imageKey(resource);
  const sources = [field(payload, "request", "sourceImage")].flatMap((source) => imageKey(source) ?? []);
  const sharedWith = method === "setIamPolicy" ? membersOf(payload) : [];
  const images = [
    ...(key ? [image(key, roleOf(method, sharedWith))] : []),
    ...sources.filter((source) => source !== key).map((source) => image(source, "source")),
  ];
  return {
    images,
    subject: images.length > 0 ? null : named(field(payload, "request", "name")),
    details: present({
      sharedWith: sharedWith.map((member) => (EVERYBODY.has(member) ? "all" : member)),
      sourceDisk: field(payload, "request", "sourceDisk"),
      rawDisk: field(payload, "request", "rawDisk", "source"),
      family: field(payload, "request", "family"),
    }),
  };
}

function named(name: string | null): string | null {
  return name ? `name:${name}` : null;
}

function imageKey(resource: string | null): string | null {
  return /projects\/[^/]+\/global\/images\/[^/?]+/.exec(resource ?? "")?.[0] ?? null;
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

function membersOf(payload: JsonObject): string[] {
  const bindings = listAt(payload, "request", "policy", "bindings");
  const members = bindings.flatMap((binding) => listAt(binding, "members").map((member) => field(member)));
  return [...new Set(members.filter((member) => member !== null))];
}

const RESOURCE =
  /projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)(?:\/(?:dockerImages|packages)\/([^/]+))?(?:\/(?:tags|versions)\/([^/]+))?/;
const MAKES = /^(PutManifest|StartUpload|FinishUpload)$/;
const READS = /^(Get|Head|List|Serve|Catalog)/;

/** `projects/P/locations/L/repositories/R/dockerImages/NAME`, with a digest, a tag, or an escaped slash in the name. */
function artifact(method: string, resource: string | null, project: string | null): Facts {
  const [, owner = project, location, repository, escaped] = RESOURCE.exec(resource ?? "") ?? [];
  if (!owner || !location || !repository) return NOTHING;
  const [, name = "", tag = null, digest = null] =
    /^([^:@]*)(?::([^@]+))?(?:@(.+))?$/.exec(unescaped(escaped ?? "")) ?? [];
  const action = method.split(".").at(-1) ?? method;
  return {
    ...NOTHING,
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

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
