import type { Rule } from "./rule.ts";
import { acrPush } from "./rules/acr-push.ts";
import { awsMachineImage } from "./rules/aws-machine-image.ts";
import { azureImageDelete } from "./rules/azure-image-delete.ts";
import { azureManagedImage } from "./rules/azure-managed-image.ts";
import { ecrPush } from "./rules/ecr-push.ts";

/** Every rule that ships, in the order in which they are shown. */
export const RULES: readonly Rule[] = [
  awsMachineImage,
  ecrPush,
  azureManagedImage,
  azureImageDelete,
  acrPush,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** A rule by its id; undefined for one that no longer ships. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
