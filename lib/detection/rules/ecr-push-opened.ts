import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const ecrPushOpened = defineRule({
  id: "ecr-push-opened",
  title: "A policy lets others push to ECR",
  why: "Who may push decides what runs. A policy that lets everyone, another account or another registry in makes an implant possible without any further access here.",
  logic:
    "SetRepositoryPolicy or PutRegistryPolicy, whether it succeeds or is refused, allows an action that brings images in (PutImage, the upload of layers, ReplicateImage) to somebody who is not of the registry's account. What a policy allows is read from its text: denials and conditions other than on organisation and account are not weighed.",
  family: "registry-change",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
  ],
  falsePositives: [
    "A build account that publishes into the registries of the organisation's other accounts",
    "Replication between the organisation's registries",
  ],
  base: 45,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
      operation: ["SetRepositoryPolicy", "PutRegistryPolicy"],
    },
  ],
  when: (event) => hasDetail(event, "pushGrantedTo"),
});
