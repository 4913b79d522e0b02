import type { JsonObject } from "#lib/json.ts";
import type { EventImage, ImageRole } from "./event.ts";

type Facts = {
  host: string;
  repository: string;
  role: ImageRole;
  tag?: string | null;
  digest?: string | null;
  account?: string | null;
  region?: string | null;
};

/** The name of a private registry in ECR tells whose it is, and where. */
const ECR_HOST = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** A repository of a registry, with what was touched in it. */
export function registryImage({ host, repository, role, ...rest }: Facts): EventImage {
  const [, account = null, region = null] = ECR_HOST.exec(host.toLowerCase()) ?? [];
  return {
    kind: "repository",
    key: `${host.toLowerCase()}/${repository}`,
    name: repository,
    role,
    account: rest.account ?? account,
    region: rest.region ?? region,
    tag: rest.tag ?? null,
    digest: rest.digest ?? null,
  };
}

/** The host of an account's registry in ECR. The public gallery's alias is in no log: its registry id stands for it. */
export function ecrHost(service: string, registry: string | null, region: string | null): string {
  const id = registry ?? "unknown-registry";
  if (service === "ecr-public.amazonaws.com") return `public.ecr.aws/${id}`;
  const domain = region?.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `${id}.dkr.ecr.${region ?? "unknown-region"}.${domain}`;
}

/** Those of the facts that say something, as details of an event. */
export function present(facts: Record<string, string | readonly string[] | null>): JsonObject | null {
  const said = Object.entries(facts).filter(([, value]) => value !== null && value.length > 0);
  return said.length > 0 ? (Object.fromEntries(said) as JsonObject) : null;
}
