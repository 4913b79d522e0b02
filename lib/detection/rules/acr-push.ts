import { defineRule } from "../rule.ts";

export const acrPush = defineRule({
  id: "acr-push",
  title: "A container image was pushed or imported into Azure Container Registry",
  why: "Workloads pull by tag: whoever pushes or imports into a registry decides what they run. An import can bring an image from any registry in one call, without a client.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-import-images",
  ],
  falsePositives: [
    "A CI/CD pipeline that publishes a build",
    "Import of public base images, as Microsoft recommends",
  ],
  logic:
    "The Activity Log names an operation registries/push or registries/importImage, however it ended. What clients push is in the registry's own log.",
  base: 25,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: [
          "microsoft.containerregistry/registries/push",
          "microsoft.containerregistry/registries/importimage",
        ],
      },
    },
  ],
});
