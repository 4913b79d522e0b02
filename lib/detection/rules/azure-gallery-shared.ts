import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const azureGalleryShared = defineRule({
  id: "azure-gallery-shared",
  title: "A gallery of machine images was shared in Azure",
  why: "Whoever it is shared with can start all images of the gallery and read what is on their disks: other subscriptions and tenants, or as a community gallery everyone.",
  logic:
    "Resource Manager is asked to share a compute gallery, however it ended, unless the request says that sharing is taken away (Remove, Reset).",
  family: "managed-image",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://learn.microsoft.com/azure/virtual-machines/share-gallery-direct",
    "https://learn.microsoft.com/azure/virtual-machines/share-gallery-community",
  ],
  falsePositives: ["A gallery that serves the organisation's other subscriptions"],
  base: 35,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.compute/galleries/share/action"] },
    },
  ],
  when: (event) => !hasDetail(event, "unsharedFrom"),
});
