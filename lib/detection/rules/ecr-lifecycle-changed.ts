import { defineRule } from "../rule.ts";

export const ecrLifecycleChanged = defineRule({
  id: "ecr-lifecycle-changed",
  title: "The lifecycle policy of an ECR repository was changed",
  why: "The policy deletes images by itself. A stricter one removes good images and evidence; none leaves old, weak images for anyone to start.",
  logic: "PutLifecyclePolicy or DeleteLifecyclePolicy is called, whether it succeeds or is refused.",
  family: "registry-change",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html",
  ],
  falsePositives: ["Infrastructure as code that sets up repositories"],
  base: 15,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["PutLifecyclePolicy", "DeleteLifecyclePolicy"],
    },
  ],
});
