import { failure, type Outcome, success } from "#lib/outcome.ts";

type Deployment = { name: string; apiUrl: string; uiUrl: string };

function deployment(code: string, name: string): Deployment {
  return {
    name,
    apiUrl: `https://api.${code}.sumologic.com/api/`,
    uiUrl: `https://service.${code}.sumologic.com`,
  };
}

/**
 * Sumo Logic's deployments by code. A key belongs to one of them. Source: Sumo Logic, "Getting started with Sumo Logic
 * APIs"; `in` is in its older tables only.
 */
export const DEPLOYMENTS = {
  us1: {
    name: "US1 (Virginia)",
    apiUrl: "https://api.sumologic.com/api/",
    uiUrl: "https://service.sumologic.com",
  },
  us2: deployment("us2", "US2 (Oregon)"),
  au: deployment("au", "AU (Sydney)"),
  ca: deployment("ca", "CA (Montreal)"),
  ch: deployment("ch", "CH (Zurich)"),
  de: deployment("de", "DE (Frankfurt)"),
  esc: deployment("esc", "ESC (European Sovereign Cloud)"),
  eu: deployment("eu", "EU (Ireland)"),
  fed: deployment("fed", "FED (FedRAMP)"),
  in: deployment("in", "IN (Mumbai)"),
  jp: deployment("jp", "JP (Tokyo)"),
  kr: deployment("kr", "KR (Seoul)"),
} as const satisfies Record<string, Deployment>;

export type DeploymentCode = keyof typeof DEPLOYMENTS;
export const DEPLOYMENT_CODES = Object.keys(DEPLOYMENTS) as DeploymentCode[];

export type ApiUrlFault = "not-an-address" | "not-listed";

export const API_URL_FAULTS: Readonly<Record<ApiUrlFault, string>> = {
  "not-an-address": "This is no web address, such as https://api.example.com/api/.",
  "not-listed":
    "The operator of Barnacle has not listed this address. It has to stand in BARNACLE_SUMO_URLS first.",
};

/**
 * The address of a deployment of one's own, in the form in which it is stored: it ends in `/`. Only addresses whose
 * origin is in `allowed` pass, or anybody who may make a connection could have the server ask inside its network.
 */
export function parseApiUrl(given: string, allowed: readonly string[]): Outcome<string, ApiUrlFault> {
  const url = URL.parse(given.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    return failure("not-an-address");
  }
  if (!allowed.some((origin) => URL.parse(origin)?.origin === url.origin)) return failure("not-listed");
  return success(`${url.origin}${url.pathname.replace(/\/*$/, "/")}`);
}

export type Place = { deployment: string; apiUrl: string | null };

/** Where a connection is asked. Undefined: its address is not, or no longer, one that the operator lists. */
export function apiUrlOf(
  { deployment: code, apiUrl }: Place,
  allowed: readonly string[],
): string | undefined {
  if (isDeployment(code)) return DEPLOYMENTS[code].apiUrl;
  const parsed = parseApiUrl(apiUrl ?? "", allowed);
  return parsed.ok ? parsed.value : undefined;
}

/** Where people search. Undefined: of a deployment of one's own it is not known unless somebody gave it. */
export function uiUrlOf(place: { deployment: string; uiUrl: string | null }): string | undefined {
  if (place.uiUrl) return place.uiUrl.replace(/\/+$/, "");
  return isDeployment(place.deployment) ? DEPLOYMENTS[place.deployment].uiUrl : undefined;
}

/** Which deployment an address belongs to. */
export function deploymentAt(address: string): DeploymentCode | undefined {
  const origin = URL.parse(address)?.origin;
  return DEPLOYMENT_CODES.find((code) => URL.parse(DEPLOYMENTS[code].apiUrl)?.origin === origin);
}

export function isDeployment(code: string): code is DeploymentCode {
  return Object.hasOwn(DEPLOYMENTS, code);
}
