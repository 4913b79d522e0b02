import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const ecrPullOpened = defineRule({
  id: "ecr-pull-opened",
  title: "A policy lets others pull from ECR",
  why: "Whoever may pull has all that is in the images: code, and often keys. It is how images leave an account without a copy being made.",
  logic:
    "SetRepositoryPolicy or PutRegistryPolicy, whether it succeeds or is refused, allows an action by which images are read (BatchGetImage, GetDownloadUrlForLayer) to somebody who is not of the registry's account. What a policy allows is read from its text: denials and conditions other than on organisation and account are not weighed.",
  family: "registry-change",
  technique: "T1537",
  references: [
    "https://attack.mitre.org/techniques/T1537/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
  ],
  falsePositives: [
    "Public distribution",
    "Other accounts of the organisation, or its partners, that run the images",
  ],
  base: 30,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["SetRepositoryPolicy", "PutRegistryPolicy"],
    },
  ],
  when: (event) => hasDetail(event, "pullGrantedTo"),
});
