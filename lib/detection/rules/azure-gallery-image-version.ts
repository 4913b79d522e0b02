import { defineRule } from "../rule.ts";

export const azureGalleryImageVersion = defineRule({
  id: "azure-gallery-image-version",
  title: "A version of a gallery image was made or changed in Azure",
  why: "Machines and scale sets that name an image without a version start its latest. One new version is on every machine that starts from then on, in all regions to which the gallery replicates.",
  logic: "Resource Manager is asked to write a version of an image in a compute gallery, however it ended.",
  family: "managed-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery",
    "https://learn.microsoft.com/azure/virtual-machines/image-version",
  ],
  falsePositives: ["Azure Image Builder or Packer publishing a golden image"],
  base: 25,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.compute/galleries/images/versions/write"] },
    },
  ],
});
