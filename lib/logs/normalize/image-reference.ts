/** What a container image's reference says. */
export type ImageReference = {
  host: string;
  repository: string;
  tag: string | null;
  digest: string | null;
};

const HUB = "docker.io";

/**
 * Reads `host:port/repository:tag@digest`. Null for an id and for what is no reference. A name without a host is Docker
 * Hub's, and one without an owner its library's. Source: CNCF Distribution, reference grammar.
 */
export function parseReference(text: string): ImageReference | null {
  const [, name, tag = null, digest = null] =
    /^([\w.-]+(?::\d+)?(?:\/[\w.-]+)*)(?::([\w.-]{1,128}))?(?:@([a-z0-9+._-]+:[0-9a-f]{32,}))?$/i.exec(
      text,
    ) ?? [];
  if (!name || /^sha256$/i.test(name) || /^[0-9a-f]{64}$/.test(name)) return null;
  const [first = "", ...rest] = name.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (!hasHost) {
    // A single name with a number behind its colon is a tag, not a port.
    const [bare = "", port] = first.split(":");
    const path = [...(rest.length === 0 ? ["library"] : []), bare, ...rest].join("/");
    return { host: HUB, repository: path, tag: tag ?? port ?? null, digest };
  }
  const isHub = first === "index.docker.io" || first === "registry-1.docker.io";
  return { host: isHub ? HUB : first, repository: rest.join("/"), tag, digest };
}
