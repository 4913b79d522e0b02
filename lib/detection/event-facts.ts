import { at, listAt, textAt } from "#lib/json.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { Organisation } from "#lib/organisation/organisation.ts";

/** What rules ask of an event beside its fields. */
export function detail(event: LogEvent, name: string): string | null {
  return textAt(at(event.details ?? undefined, name));
}

export function hasDetail(event: LogEvent, name: string): boolean {
  return detail(event, name) !== null || listAt(event.details ?? undefined, name).length > 0;
}

/** Whether a guard was lowered, or somebody was refused to lower it. */
export function touchesGuard(event: LogEvent): boolean {
  return hasDetail(event, "guardLowered") || hasDetail(event, "guardRefused");
}

/** Whether a principal of another account that is not listed as own acts on an image of this one; false where either is not known. */
export function isByForeignPrincipal(event: LogEvent, organisation: Organisation): boolean {
  const principal =
    event.actor?.account ?? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(event.principal ?? "")?.[1];
  const owner = event.images.find(({ role }) => role === "made")?.account;
  return (
    principal !== undefined &&
    principal !== null &&
    owner !== undefined &&
    owner !== null &&
    principal !== owner &&
    !organisation.isOwnParty(event.platform, principal)
  );
}

/** Cosign and the OCI tag schema name what belongs to an image by its digest. */
const ARTIFACT_TAG = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/;
const ARTIFACT_TYPE = /cosign|in-toto|sbom|spdx|cyclonedx|helm|notary|signature|attestation|cacheconfig/i;

/**
 * Whether an image is pushed: a manifest is named, which is none of a signature, an attestation, a list of parts, a chart or
 * a build cache. A registry tells of each layer too, and those name no image.
 */
export function isImagePush(event: LogEvent): boolean {
  const made = event.images.find(({ role }) => role === "made");
  if (!made) return false;
  const types = `${detail(event, "mediaType") ?? ""} ${detail(event, "artifactType") ?? ""}`;
  return !ARTIFACT_TAG.test(made.tag ?? "") && !ARTIFACT_TYPE.test(types);
}

/** Whether what an image is shared with is an organisation or a unit of one, not an account. */
export function isOrganisation(party: string): boolean {
  return /^arn:[^:]*:organizations:|^o-[a-z0-9]+$/.test(party);
}
