import { defineRule } from "../rule.ts";

export const ecrImageAction = defineRule({
  id: "ecr-image-action",
  title: "ECR told of an image that was pushed",
  why: "EventBridge tells of a push also where no CloudTrail arrives. It names no actor: whoever it was is in CloudTrail, in the same alert if it arrives.",
  logic: 'An "ECR Image Action" whose action is PUSH, whether it succeeded or failed.',
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html",
  ],
  falsePositives: ["A CI/CD pipeline that publishes a build"],
  base: 20,
  match: [
    {
      platform: "aws",
      logs: ["ecr-eventbridge"],
      service: ["ecr.amazonaws.com"],
      operation: ["ECR Image Action PUSH"],
    },
  ],
});
