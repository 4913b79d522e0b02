import { defineRule } from "../rule.ts";

export const garTagMoved = defineRule({
  id: "gar-tag-moved",
  title: "A tag was set in Artifact Registry without a push",
  why: "A tag that is set by the API points to a version that was there already, also to one that somebody pushed under another name. Workloads that pull by tag get it.",
  logic: "CreateTag or UpdateTag of the Artifact Registry API, in any version, whether it succeeds or fails.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/artifact-registry/docs/docker/manage-images",
  ],
  falsePositives: ["A pipeline that promotes a build by its tag"],
  base: 25,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: { contains: ["artifactregistry.createtag", "artifactregistry.updatetag"] },
    },
  ],
});
