import { detail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const acrImportOverwrites = defineRule({
  id: "acr-import-overwrites",
  title: "An import into Azure Container Registry may overwrite a tag",
  why: 'In the mode "Force" an import puts the foreign image behind a tag that is there already: what workloads pull is another image from then on, and no client was needed.',
  logic:
    'registries/importImage whose request says mode "Force", however it ended. Most rows of the Activity Log hold no request: those are of the rule on pushes and imports alone.',
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-import-images",
  ],
  falsePositives: ["Regular mirroring of a moving base image"],
  base: 40,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.containerregistry/registries/importimage"] },
    },
  ],
  when: (event) => detail(event, "importMode")?.toLowerCase() === "force",
});
