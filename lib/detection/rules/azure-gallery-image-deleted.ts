import { defineRule } from "../rule.ts";

export const azureGalleryImageDeleted = defineRule({
  id: "azure-gallery-image-deleted",
  title: "A gallery, an image of it or a version was deleted in Azure",
  why: "Deleting plants nothing, but with the latest version gone an older or another one is started, and evidence of an implant is removed.",
  logic:
    "Resource Manager is asked to delete a compute gallery, an image definition or a version, however it ended.",
  family: "managed-image",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery",
  ],
  falsePositives: ["Clean-up of old versions by a pipeline or a retention policy"],
  base: 15,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: [
          "microsoft.compute/galleries/delete",
          "microsoft.compute/galleries/images/delete",
          "microsoft.compute/galleries/images/versions/delete",
        ],
      },
    },
  ],
});
