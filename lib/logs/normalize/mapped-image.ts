import type { JsonObject } from "#lib/json.ts";
import { azureImages } from "./azure-images.ts";
import { cloudTrailImages } from "./cloudtrail-images.ts";
import type { ImageRole, LogEvent, Platform } from "./event.ts";
import { gcpImages } from "./gcp-images.ts";
import { parseReference } from "./image-reference.ts";
import { registryImage } from "./registry-image.ts";

type Call = {
  platform: Platform;
  service: string | null;
  operation: string;
  account: string | null;
  region: string | null;
};

type Facts = Pick<LogEvent, "images" | "subject" | "details"> & {
  /** Of the image, where its name says it. */
  account: string | null;
};

const NOTHING: Facts = { images: [], subject: null, details: null, account: null };

/** What one text names that a call acted on: it has the key that the platform's own log gives it. */
export function mappedImages(text: string | null, call: Call): Facts {
  if (text === null) return NOTHING;
  const facts = byPlatform(text, call);
  return facts.images.length > 0 || facts.subject !== null ? facts : { ...facts, subject: `name:${text}` };
}

function byPlatform(text: string, call: Call): Facts {
  if (call.platform === "aws") return aws(text, call);
  if (call.platform === "azure" && /^\/?subscriptions\//i.test(text)) {
    const resource = text.startsWith("/") ? text : `/${text}`;
    const bodies = { request: undefined, response: undefined };
    const account = /^\/subscriptions\/([^/]+)/i.exec(resource)?.[1]?.toLowerCase() ?? null;
    return { ...azureImages(call.operation, resource, bodies), account };
  }
  if (call.platform === "gcp") {
    const facts = gcpImages({}, call.operation, text, call.account);
    if (facts.images.length > 0) return { ...facts, account: null };
  }
  return reference(text, call.operation);
}

function reference(text: string, operation: string): Facts {
  const parsed = parseReference(text.replace(/^(https?|docker|oci):\/\//i, ""));
  return parsed ? { ...NOTHING, images: [registryImage({ ...parsed, role: roleOf(operation) })] } : NOTHING;
}

function roleOf(operation: string): ImageRole {
  if (/push|put|upload|creat|build|import|copy|commit|publish|write/i.test(operation)) return "made";
  return /pull|get|read|list|head|download|scan/i.test(operation) ? "used" : "changed";
}

const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):([^/:]+)[/:](.+)$/;
const ECR_HOST = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([\w-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

function aws(text: string, { service, operation, account, region }: Call): Facts {
  const [, , arnRegion, arnAccount, , arnName] = ARN.exec(text) ?? [];
  const [, registry, hostRegion, hostName] = ECR_HOST.exec(text) ?? [];
  const name = hostName ?? arnName ?? text;
  const where = { account, region: hostRegion || arnRegion || region };
  const isRegistry = service?.startsWith("ecr") ?? false;
  const record = isRegistry ? ofRepository(name, registry ?? arnAccount) : ofMachineImage(name);
  return { ...cloudTrailImages(record, service, operation, where), account: null };
}

/** As CloudTrail's record of the call would name it. */
function ofRepository(name: string, registryId: string | undefined): JsonObject {
  const [, repositoryName = "", imageTag, imageDigest] = /^([^:@]*)(?::([^@]+))?(?:@(.+))?$/.exec(name) ?? [];
  return {
    requestParameters: {
      repositoryName,
      ...(registryId && { registryId }),
      ...(imageTag && { imageTag }),
      ...(imageDigest && { imageDigest }),
    },
  };
}

function ofMachineImage(name: string): JsonObject {
  const imageId = /\bami-[0-9a-f]+\b/i.exec(name)?.[0];
  if (imageId) return { requestParameters: { imageId }, responseElements: { imageId } };
  const isInstance = /^i-[0-9a-f]+$/i.test(name);
  return { requestParameters: isInstance ? { instanceId: name } : { name } };
}
