import { awsServiceName, awsServiceOf } from "./aws-service.ts";
import type { Platform } from "./event.ts";
import { firstOf } from "./field.ts";

type Call = { service: string | null; operation: string };

/**
 * The API and its operation as the platform's own log names them, for rules go by both. `service` is what a table says of it;
 * where it says nothing, the operation tells.
 */
export function mappedCall(platform: Platform, logged: string, service: string | null): Call {
  return OF_PLATFORM[platform](logged, service);
}

/** `ec2:CreateImage`, as policies write it, or the service's whole name before the operation. */
const WITH_SERVICE = /^([a-z][a-z0-9-]*(?:\.amazonaws\.com)?)[:/]([A-Za-z]\w+)$/;
const GOOGLE_API = /(?:^|\.)(compute|artifactregistry|binaryauthorization)\./i;
const REGISTRY_CALL = /^(push|pull|mount|delete)$/i;
const ACR_CALL = /^(push|pull|delete|untag|purgetag|purgemanifest)$/i;

const OF_PLATFORM: Readonly<Record<Platform, (logged: string, service: string | null) => Call>> = {
  aws: (logged, given) => {
    const [, prefix, operation = logged] = WITH_SERVICE.exec(logged) ?? [];
    const named = firstOf(given, prefix);
    return { service: named ? awsServiceName(named) : awsServiceOf(operation), operation };
  },
  azure: (operation, given) => {
    const provider = /^[\w.]+(?=\/)/.exec(operation)?.[0];
    const registry = ACR_CALL.test(operation) ? "microsoft.containerregistry" : null;
    return { service: firstOf(given, provider, registry)?.toLowerCase() ?? null, operation };
  },
  gcp: (operation, given) => {
    const api = operation.startsWith("Docker-") ? "artifactregistry" : GOOGLE_API.exec(operation)?.[1];
    const named = firstOf(given, api)?.toLowerCase() ?? null;
    return { service: named && /^[a-z]+$/.test(named) ? `${named}.googleapis.com` : named, operation };
  },
  container: (logged, given) => {
    const isRegistry = given === null && REGISTRY_CALL.test(logged);
    return {
      service: isRegistry ? "registry" : (given?.toLowerCase() ?? null),
      operation: isRegistry ? logged.toLowerCase() : logged,
    };
  },
};
