import { isImagePush } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const garPush = defineRule({
  id: "gar-push",
  title: "A container image was pushed to Artifact Registry",
  why: "Workloads pull by tag: whoever pushes to a repository decides what they run. These entries are data-access logs, which Google writes only where they are switched on.",
  logic:
    "Docker-PutManifest, whether it succeeds or fails, or an upload of a layer (Docker-StartUpload, Docker-FinishUpload) that was refused. Signatures, attestations and lists of parts do not count.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/artifact-registry/docs/audit-logging",
  ],
  falsePositives: ["Cloud Build or another pipeline that publishes a build"],
  base: 25,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: ["Docker-PutManifest", "Docker-StartUpload", "Docker-FinishUpload"],
    },
  ],
  when: (event) =>
    isImagePush(event) && (event.operation === "Docker-PutManifest" || event.outcome === "failure"),
});
