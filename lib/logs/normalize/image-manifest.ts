import { isJsonObject, type JsonObject, type JsonValue, listAt } from "#lib/json.ts";
import { field, objectIn } from "./field.ts";

/** ECR takes no longer one: AWS, "Amazon ECR service quotas". */
const LONGEST_MANIFEST = 4 * 1024 * 1024;
/** A list of images has one for each architecture; more of them are anybody's word. */
const MOST_ARCHITECTURES = 20;

type ManifestFacts = { layers: string | null; bytes: string | null; architectures: string[] };

const NOTHING: ManifestFacts = { layers: null, bytes: null, architectures: [] };

/**
 * What a manifest says of its image: how many layers it has and how many bytes they are, or, of a list of images, for which
 * architectures they are (`linux/arm64`). Source: OCI image specification, "Image manifest" and "Image index".
 */
export function manifestFacts(value: JsonValue | undefined): ManifestFacts {
  if (typeof value === "string" && value.length > LONGEST_MANIFEST) return NOTHING;
  const manifest = objectIn(value);
  if (!manifest) return NOTHING;
  const layers = listAt(manifest, "layers");
  return {
    // The first form of Docker's manifest lists layers without their sizes.
    layers: countOf(layers) ?? countOf(listAt(manifest, "fsLayers")),
    bytes: bytesOf(layers),
    architectures: architecturesOf(manifest),
  };
}

function countOf(layers: readonly JsonValue[]): string | null {
  return layers.length > 0 ? String(layers.length) : null;
}

/** Null unless every layer says how long it is. */
function bytesOf(layers: readonly JsonValue[]): string | null {
  const sizes = layers.map((layer) => (isJsonObject(layer) ? layer.size : undefined));
  if (sizes.length === 0 || !sizes.every(isSize)) return null;
  const sum = sizes.reduce((total, size) => total + size, 0);
  return Number.isSafeInteger(sum) ? String(sum) : null;
}

function isSize(size: JsonValue | undefined): size is number {
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
}

/** BuildKit lists its attestations among the images, as of an unknown platform. */
function architecturesOf(manifest: JsonObject): string[] {
  const found = listAt(manifest, "manifests").flatMap((one) => {
    const [os, architecture] = [field(one, "platform", "os"), field(one, "platform", "architecture")];
    if (!os || !architecture || os === "unknown") return [];
    return [[os, architecture, field(one, "platform", "variant")].filter((part) => part).join("/")];
  });
  return [...new Set(found)].slice(0, MOST_ARCHITECTURES);
}
