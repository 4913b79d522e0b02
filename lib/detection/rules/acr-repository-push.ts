import { isImagePush } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const acrRepositoryPush = defineRule({
  id: "acr-repository-push",
  title: "An image was pushed to Azure Container Registry, says the registry",
  why: "Workloads pull by tag: whoever pushes decides what they run. What clients push is not in the Activity Log: only the registry's own log, its webhooks and Event Grid tell of it.",
  logic:
    "The registry's log or a notification tells of the push of a manifest, whether it succeeded or failed. Layers, signatures, attestations, lists of parts, charts and build caches do not count.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/azure-monitor/reference/tables/containerregistryrepositoryevents",
    "https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference",
  ],
  falsePositives: ["A CI/CD pipeline that publishes a build"],
  base: 25,
  match: [
    {
      platform: "azure",
      logs: ["acr", "registry-notification"],
      service: ["microsoft.containerregistry"],
      operation: ["Push", "push"],
    },
  ],
  when: isImagePush,
});
