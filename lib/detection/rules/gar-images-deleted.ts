import { defineRule } from "../rule.ts";

export const garImagesDeleted = defineRule({
  id: "gar-images-deleted",
  title: "An image, tag or repository was deleted from Artifact Registry",
  why: "Deleting plants nothing, but makes room for another image under the same tag, and removes evidence.",
  logic:
    "A tag, version, package, file or repository is deleted by the Artifact Registry API, or a manifest or tag by a client, whether it succeeds or fails.",
  family: "container-push",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://cloud.google.com/artifact-registry/docs/audit-logging",
  ],
  falsePositives: ["Clean-up by a pipeline or a cleanup policy"],
  base: 15,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: {
        contains: [
          "artifactregistry.deletetag",
          "artifactregistry.deleteversion",
          "artifactregistry.batchdeleteversions",
          "artifactregistry.deletepackage",
          "artifactregistry.deleterepository",
          "artifactregistry.deletefile",
        ],
      },
    },
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: ["Docker-DeleteManifest", "Docker-DeleteTag"],
    },
  ],
});
