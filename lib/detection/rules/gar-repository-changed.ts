import { defineRule } from "../rule.ts";

export const garRepositoryChanged = defineRule({
  id: "gar-repository-changed",
  title: "The settings of an Artifact Registry repository were changed",
  why: "They say whether tags are immutable, from which upstream a remote repository takes images, and what is cleaned up. Each can make another image the one that is pulled.",
  logic:
    "UpdateRepository, CreateRule, UpdateRule or DeleteRule of the Artifact Registry API, in any version, whether it succeeds or fails.",
  family: "registry-change",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://cloud.google.com/artifact-registry/docs/repositories/update-repo",
  ],
  falsePositives: ["Infrastructure as code that sets up repositories"],
  base: 20,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: {
        contains: [
          "artifactregistry.updaterepository",
          "artifactregistry.createrule",
          "artifactregistry.updaterule",
          "artifactregistry.deleterule",
        ],
      },
    },
  ],
});
