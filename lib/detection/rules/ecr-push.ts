import { defineRule } from "../rule.ts";

export const ecrPush = defineRule({
  id: "ecr-push",
  title: "A container image was pushed to Amazon ECR",
  why: "Workloads pull by tag: whoever pushes to a repository decides what runs in every task and pod that uses it. Layers alone, without an image put, may be an attempt that was refused.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html",
  ],
  falsePositives: [
    "A CI/CD pipeline that publishes a build",
    "Mirroring of a public registry into the organisation's own",
  ],
  logic:
    "Private or public ECR is called to begin or complete the upload of a layer (InitiateLayerUpload, CompleteLayerUpload) or to put an image (PutImage), whether the call succeeds or fails. An image put alone is a tag that was put on layers that were there.",
  base: 25,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
      operation: ["PutImage", "CompleteLayerUpload", "InitiateLayerUpload"],
    },
  ],
});
