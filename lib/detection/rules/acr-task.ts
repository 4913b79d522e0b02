import { defineRule } from "../rule.ts";

export const acrTask = defineRule({
  id: "acr-task",
  title: "A task of Azure Container Registry was changed or run",
  why: "A task builds images inside the registry, from a source that it names and with the registry's own rights. It builds and pushes without a client, and starts again by itself when its base image or source changes.",
  logic:
    "Resource Manager is asked to write a task or a task run, to schedule a run, or for the address to which a build's source is uploaded, however it ended.",
  family: "container-push",
  technique: "T1612",
  references: [
    "https://attack.mitre.org/techniques/T1612/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview",
  ],
  falsePositives: ["A pipeline that builds with az acr build", "Patching of base images by tasks"],
  base: 30,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: [
          "microsoft.containerregistry/registries/tasks/write",
          "microsoft.containerregistry/registries/taskruns/write",
          "microsoft.containerregistry/registries/schedulerun/action",
          "microsoft.containerregistry/registries/listbuildsourceuploadurl/action",
        ],
      },
    },
  ],
});
