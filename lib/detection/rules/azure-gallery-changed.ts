import { defineRule } from "../rule.ts";

export const azureGalleryChanged = defineRule({
  id: "azure-gallery-changed",
  title: "A gallery or the definition of one of its images was made or changed in Azure",
  why: "A gallery says with whom its images are shared, a definition what they are called and which version counts. Changing either can make another image the one that is found.",
  logic:
    "Resource Manager is asked to write a compute gallery or an image definition in one, however it ended.",
  family: "managed-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery",
  ],
  falsePositives: ["Infrastructure as code that sets up a gallery"],
  base: 15,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: ["microsoft.compute/galleries/write", "microsoft.compute/galleries/images/write"],
      },
    },
  ],
});
