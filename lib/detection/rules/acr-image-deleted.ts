import { defineRule } from "../rule.ts";

export const acrImageDeleted = defineRule({
  id: "acr-image-deleted",
  title: "An image or tag was deleted from Azure Container Registry",
  why: "Deleting plants nothing, but makes room for another image under the same tag, and removes evidence.",
  logic:
    "The registry's log or a notification tells of a delete, a purge, or of a tag that was taken off, whether it succeeded or failed.",
  family: "container-push",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://learn.microsoft.com/azure/azure-monitor/reference/tables/containerregistryrepositoryevents",
  ],
  falsePositives: ["Clean-up by a pipeline, a retention policy or a purge task"],
  base: 15,
  match: [
    {
      platform: "azure",
      logs: ["acr", "registry-notification"],
      service: ["microsoft.containerregistry"],
      operation: ["Delete", "Untag", "PurgeTag", "PurgeManifest", "delete"],
    },
  ],
});
