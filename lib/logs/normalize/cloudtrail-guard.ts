import { at, type JsonObject, type JsonValue } from "#lib/json.ts";
import { field, firstOf } from "./field.ts";

type Guard = { name: string; isLowered: (request: JsonValue | undefined) => boolean };

const MUTABLE = new Set(["MUTABLE", "MUTABLE_WITH_EXCLUSION"]);

/**
 * Calls that can lower a guard of images. Sources: Amazon ECR API reference, PutImageTagMutability and
 * PutImageScanningConfiguration; Amazon EC2 API reference, DisableImageBlockPublicAccess, DisableAllowedImagesSettings and
 * EnableAllowedImagesSettings.
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
  [
    "EnableAllowedImagesSettings",
    {
      name: "allowed images",
      // In audit mode nothing is held back. How CloudTrail writes the parameter was not seen: both ways are read.
      isLowered: (request) =>
        ["AllowedImagesSettingsState", "allowedImagesSettingsState"].some(
          (name) =>
            (field(request, "EnableAllowedImagesSettingsRequest", name) ?? field(request, name)) ===
            "audit-mode",
        ),
    },
  ],
]);

/** The guard that an EC2 or ECR call lowers, in words, or tried to lower and was refused; null where it touches none. */
export function guardsOf(
  record: JsonObject,
  operation: string,
): { guardLowered: string } | { guardRefused: string } | null {
  const guard = GUARDS.get(operation);
  if (!guard?.isLowered(at(record, "requestParameters"))) return null;
  const isRefused = firstOf(field(record, "errorCode"), field(record, "errorMessage")) !== null;
  return isRefused ? { guardRefused: guard.name } : { guardLowered: guard.name };
}

/** CloudTrail writes some booleans as text. */
function isFalse(value: JsonValue | undefined): boolean {
  return value === false || (typeof value === "string" && value.trim().toLowerCase() === "false");
}
