import { at, type JsonObject, type JsonValue } from "#lib/json.ts";
import { field, firstOf } from "./field.ts";

type Guard = { name: string; isLowered: (request: JsonValue | undefined) => boolean };

const MUTABLE = new Set(["MUTABLE", "MUTABLE_WITH_EXCLUSION"]);

/**
 * Calls that can lower a guard of images. Sources: Amazon ECR API reference, PutImageTagMutability and
 * PutImageScanningConfiguration; Amazon EC2 API reference, DisableImageBlockPublicAccess and DisableAllowedImagesSettings.
 */
const GUARDS: ReadonlyMap<string, Guard> = new Map<string, Guard>([
  [
    "PutImageTagMutability",
    {
      name: "tag immutability",
      isLowered: (request) => MUTABLE.has(field(request, "imageTagMutability") ?? ""),
    },
  ],
  [
    "PutImageScanningConfiguration",
    {
      name: "scan on push",
      isLowered: (request) => isFalse(at(request, "imageScanningConfiguration", "scanOnPush")),
    },
  ],
  ["DisableImageBlockPublicAccess", { name: "block on public images", isLowered: () => true }],
  ["DisableAllowedImagesSettings", { name: "allowed images", isLowered: () => true }],
]);

/** The guard that an EC2 or ECR call lowers, in words; null where it lowers none, or was refused. */
export function guardLowered(record: JsonObject, operation: string): string | null {
  const guard = GUARDS.get(operation);
  if (!guard?.isLowered(at(record, "requestParameters"))) return null;
  const isRefused = firstOf(field(record, "errorCode"), field(record, "errorMessage")) !== null;
  return isRefused ? null : guard.name;
}

/** CloudTrail writes some booleans as text. */
function isFalse(value: JsonValue | undefined): boolean {
  return value === false || (typeof value === "string" && value.trim().toLowerCase() === "false");
}
