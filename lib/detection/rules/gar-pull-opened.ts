import { defineRule } from "../rule.ts";
import { foreignParties, sharedWith } from "../signal.ts";

export const garPullOpened = defineRule({
  id: "gar-pull-opened",
  title: "A repository of Artifact Registry was opened to outsiders",
  why: "Whoever may pull has all that is in the images: code, and often keys. It is how images leave a project without a copy being made.",
  logic:
    "SetIamPolicy on a repository, whether it succeeds or fails, gives any role to everyone, or to somebody who is neither of the project nor of the e-mail domain of the person who shares it.",
  family: "registry-change",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://cloud.google.com/artifact-registry/docs/access-control",
  ],
  falsePositives: ["Public distribution", "The organisation's other projects, which run the images"],
  base: 30,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["artifactregistry.googleapis.com"],
      operation: { contains: ["artifactregistry.setiampolicy"] },
    },
  ],
  when: (event, organisation) =>
    sharedWith(event).includes("all") || foreignParties(event, organisation).length > 0,
});
