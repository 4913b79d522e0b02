import { isByForeignPrincipal } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const ecrPushByForeignAccount = defineRule({
  id: "ecr-push-by-foreign-account",
  title: "A principal of another account pushed to ECR",
  why: "A repository whose policy lets other accounts push takes images from whoever holds a key there. The other account's own log is not seen here.",
  logic:
    "InitiateLayerUpload, CompleteLayerUpload or PutImage, whether it succeeds or fails, by a principal whose account is not that of the registry.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
  ],
  falsePositives: ["A build account that publishes into the registries of the organisation's other accounts"],
  base: 40,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
      operation: ["PutImage", "CompleteLayerUpload", "InitiateLayerUpload"],
    },
  ],
  when: isByForeignPrincipal,
});
