import { touchesGuard } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const ecrTagsMadeMutable = defineRule({
  id: "ecr-tags-made-mutable",
  title: "Tags of an ECR repository may be overwritten from now on",
  why: "With immutable tags nobody can put another image behind a tag that workloads pull. Whoever lifts this is about to, or lets others.",
  logic: "PutImageTagMutability with MUTABLE or MUTABLE_WITH_EXCLUSION, whether it succeeds or is refused.",
  family: "registry-change",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  ],
  falsePositives: ["Infrastructure as code that sets up a repository of moving tags"],
  base: 40,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["PutImageTagMutability"],
    },
  ],
  when: touchesGuard,
});
