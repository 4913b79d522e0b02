import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const garPushOpened = defineRule({
  id: "gar-push-opened",
  title: "Somebody was allowed to push to Artifact Registry",
  why: "Who may push decides what runs. A policy that lets others in makes an implant possible without any further access here.",
  logic:
    "SetIamPolicy on a repository, whether it succeeds or fails, gives a role with which images can be pushed (writer, create-on-push writer, repository admin, admin, editor, owner). Where the log says what was changed only that counts, else the whole new policy.",
  family: "registry-change",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://cloud.google.com/artifact-registry/docs/access-control",
  ],
  falsePositives: ["Infrastructure as code that sets access", "A new pipeline"],
  base: 30,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: { contains: ["artifactregistry.setiampolicy"] },
    },
  ],
  when: (event) => hasDetail(event, "pushGrantedTo"),
});
