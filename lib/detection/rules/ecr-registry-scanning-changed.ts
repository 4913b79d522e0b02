import { defineRule } from "../rule.ts";

export const ecrRegistryScanningChanged = defineRule({
  id: "ecr-registry-scanning-changed",
  title: "The scanning configuration of an ECR registry was changed",
  why: "It says which repositories are scanned, how, and how often. A filter too narrow leaves out what somebody wants to be left out.",
  logic: "PutRegistryScanningConfiguration is called, whether it succeeds or is refused.",
  family: "registry-change",
  technique: "T1562.001",
  references: [
    "https://attack.mitre.org/techniques/T1562/001/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryScanningConfiguration.html",
  ],
  falsePositives: ["Bringing in enhanced scanning"],
  base: 30,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["PutRegistryScanningConfiguration"],
    },
  ],
});
