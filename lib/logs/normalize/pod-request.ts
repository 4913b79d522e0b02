import { at, type JsonObject, type JsonValue, listAt } from "#lib/json.ts";
import type { EventImage } from "./event.ts";
import { field } from "./field.ts";
import { parseReference } from "./image-reference.ts";
import { registryImage } from "./registry-image.ts";

/** No pod has more containers; a list of them is anybody's word. */
const MOST_IMAGES = 50;
/** How an admission webhook refuses, Kyverno's and Gatekeeper's among others, and how a validating policy does. */
const DENIED =
  /admission webhook "([^"]+)" denied the request|ValidatingAdmissionPolicy '([^']+)' .*denied request/;
/** Lets a pod past image policies. Source: Google Cloud, "Use breakglass"; Kubernetes, "ImagePolicyWebhook". */
const BREAK_GLASS = ["image-policy.k8s.io/break-glass", "alpha.image-policy.k8s.io/break-glass"];

/** The images that a pod, or what makes pods, is to run. */
export function podImages(requested: JsonObject | undefined): EventImage[] {
  const containers = templatesOf(requested).flatMap((template) =>
    ["containers", "initContainers", "ephemeralContainers"].flatMap((key) =>
      listAt(template, "spec", key).slice(0, MOST_IMAGES),
    ),
  );
  const images = new Map<string, EventImage>();
  for (const container of containers) {
    const image = field(container, "image") ?? "";
    const reference = parseReference(image);
    if (reference) images.set(image, registryImage({ ...reference, role: "used" }));
  }
  return [...images.values()].slice(0, MOST_IMAGES);
}

/** What stands at the break-glass label or annotation of a pod, or of what makes pods. */
export function breakGlass(requested: JsonObject | undefined): string | null {
  for (const template of templatesOf(requested)) {
    for (const key of BREAK_GLASS) {
      const said =
        field(template, "metadata", "labels", key) ?? field(template, "metadata", "annotations", key);
      if (said) return said;
    }
  }
  return null;
}

/** The webhook or policy that a refusal names. */
export function deniedBy(message: string | null): string | null {
  const [, webhook, policy] = DENIED.exec(message ?? "") ?? [];
  return webhook ?? policy ?? null;
}

/** The object itself, and those in it from which pods are made: of a Deployment or Job, and of a CronJob. */
function templatesOf(requested: JsonObject | undefined): (JsonValue | undefined)[] {
  const spec = at(requested, "spec");
  return [requested, at(spec, "template"), at(spec, "jobTemplate", "spec", "template")];
}
