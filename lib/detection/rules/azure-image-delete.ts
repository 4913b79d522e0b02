import { defineRule } from "../rule.ts";

export const azureImageDelete = defineRule({
  id: "azure-image-delete",
  title: "An Azure managed image was deleted",
  why: "Deleting an image plants nothing, but it removes the evidence of an implant, and makes room for another image under the same name.",
  family: "managed-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/role-based-access-control/permissions/compute",
  ],
  falsePositives: ["Clean-up of old images by a pipeline or a retention policy"],
  logic: "Resource Manager is asked to delete a managed image, however it ended.",
  base: 20,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.compute/images/delete"] },
    },
  ],
});
