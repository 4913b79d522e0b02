import { at, type JsonObject, type JsonValue, listAt } from "#lib/json.ts";
import { policyGrants } from "./ecr-policy.ts";
import { field } from "./field.ts";
import { present } from "./registry-image.ts";

type Read = (request: JsonValue | undefined, account: string | null) => JsonObject | null;

/**
 * What a call that changes a repository or a registry says of images, by its operation. Source: Amazon ECR API reference.
 * An operation that is not here says nothing.
 */
const FACTS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["SetRepositoryPolicy", policy],
  ["PutRegistryPolicy", policy],
  ["PutReplicationConfiguration", replication],
  ["CreatePullThroughCacheRule", pullThrough],
  ["UpdatePullThroughCacheRule", pullThrough],
  ["BatchDeleteImage", deletion],
]);

/** Calls that concern a registry as a whole, whose parameters name no repository. */
export const REGISTRY_CALLS: ReadonlySet<string> = new Set([
  "PutRegistryPolicy",
  "PutReplicationConfiguration",
  "PutRegistryScanningConfiguration",
  "CreatePullThroughCacheRule",
  "UpdatePullThroughCacheRule",
  "DeletePullThroughCacheRule",
  "CreateRepositoryCreationTemplate",
  "UpdateRepositoryCreationTemplate",
]);

export function ecrFacts(
  operation: string,
  request: JsonValue | undefined,
  account: string | null,
): JsonObject | null {
  return FACTS.get(operation)?.(request, account) ?? null;
}

function policy(request: JsonValue | undefined, account: string | null): JsonObject | null {
  const { push, pull } = policyGrants(at(request, "policyText"), account);
  return present({ sharedWith: [...new Set([...push, ...pull])], pushGrantedTo: push, pullGrantedTo: pull });
}

/** An empty list of rules switches it off. */
function replication(request: JsonValue | undefined, account: string | null): JsonObject | null {
  const destinations = listAt(request, "replicationConfiguration", "rules").flatMap((rule) =>
    listAt(rule, "destinations"),
  );
  const registries = destinations.flatMap((one) => field(one, "registryId") ?? []);
  return present({
    sharedWith: [...new Set(registries)].filter((registry) => registry !== account),
    replicatedTo: destinations
      .map((one) => [field(one, "registryId"), field(one, "region")].filter((part) => part).join(" "))
      .filter((text) => text !== ""),
  });
}

function pullThrough(request: JsonValue | undefined): JsonObject | null {
  return present({
    upstream: field(request, "upstreamRegistryUrl"),
    prefix: field(request, "ecrRepositoryPrefix"),
  });
}

function deletion(request: JsonValue | undefined): JsonObject | null {
  const count = listAt(request, "imageIds").length;
  return present({ imageCount: count > 0 ? String(count) : null });
}
