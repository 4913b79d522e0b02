import { defineRule } from "../rule.ts";

export const azureImageTemplate = defineRule({
  id: "azure-image-template",
  title: "A template of Azure Image Builder was changed or run",
  why: "A template says from what an image is made and which scripts run in it meanwhile. One changed step is in every image that it makes.",
  logic: "Resource Manager is asked to write a template of Image Builder or to run one, however it ended.",
  family: "managed-image",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/virtual-machines/image-builder-overview",
    "https://learn.microsoft.com/azure/virtual-machines/linux/image-builder-json",
  ],
  falsePositives: ["A pipeline that makes golden images"],
  base: 25,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: [
          "microsoft.virtualmachineimages/imagetemplates/write",
          "microsoft.virtualmachineimages/imagetemplates/run/action",
        ],
      },
    },
  ],
});
