import type { JsonObject } from "#lib/json.ts";
import type { Random } from "./random.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/** Who asks a registry, as it writes it down. */
export type RegistryClient = { actor: string; addr: string; useragent: string };
export type Pushed = { repository: string; tag: string; digest: string; layers: readonly string[] };

/** Gathers what a registry of the distribution project notifies of: each layer, and last the manifest. */
export class RegistryLog {
  readonly host: string;
  readonly #random: Random;
  readonly #events: JsonObject[] = [];

  constructor(random: Random, host: string) {
    this.#random = random;
    this.host = host;
  }

  records(): JsonObject[] {
    return this.#events.sort((a, b) => String(a.timestamp).localeCompare(String(b.timestamp)));
  }

  pull(time: number, client: RegistryClient, { repository, tag, digest }: Pushed): void {
    this.#add(time, client, "pull", "GET", { mediaType: MANIFEST, repository, tag, digest, size: 1234 });
  }

  push(time: number, client: RegistryClient, { repository, tag, digest, layers }: Pushed): void {
    for (const layer of layers) {
      this.#add(time, client, "push", "PUT", {
        mediaType: LAYER,
        repository,
        digest: layer,
        size: 4_194_304,
      });
    }
    this.#add(time + 1000, client, "push", "PUT", {
      mediaType: MANIFEST,
      repository,
      tag,
      digest,
      size: 1234,
    });
  }

  #add(
    time: number,
    { actor, addr, useragent }: RegistryClient,
    action: string,
    method: string,
    target: JsonObject,
  ): void {
    const kind = target.mediaType === MANIFEST ? "manifests" : "blobs";
    this.#events.push({
      id: this.#random.uuid(),
      timestamp: new Date(time).toISOString(),
      action,
      target: {
        ...target,
        length: target.size ?? null,
        url: `http://${this.host}/v2/${target.repository}/${kind}/${target.digest}`,
      },
      request: { id: this.#random.uuid(), addr, host: this.host, method, useragent },
      actor: { name: actor },
      source: { addr: `${this.host.split(":")[0]}:5000`, instanceID: "0e8b3c1a-0000-4000-8000-000000000001" },
    });
  }
}
