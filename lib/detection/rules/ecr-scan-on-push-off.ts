import { touchesGuard } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const ecrScanOnPushOff = defineRule({
  id: "ecr-scan-on-push-off",
  title: "Scanning of pushed images was switched off for an ECR repository",
  why: "What is pushed from now on is looked at by nobody. It is often the step before an implant.",
  logic: "PutImageScanningConfiguration with scanOnPush false, whether it succeeds or is refused.",
  family: "registry-change",
  technique: "T1562.001",
  references: [
    "https://attack.mitre.org/techniques/T1562/001/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html",
  ],
  falsePositives: ["Scanning that is moved to the registry's own configuration"],
  base: 40,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com"],
      operation: ["PutImageScanningConfiguration"],
    },
  ],
  when: touchesGuard,
});
