import { defineRule } from "../rule.ts";

export const ecrOverwriteRefused = defineRule({
  id: "ecr-overwrite-refused",
  title: "Overwriting an immutable tag in ECR was refused",
  why: "Somebody tried to put another image behind a tag that is not meant to move. Pipelines make new tags; whoever wants to have running workloads pull something else overwrites one.",
  logic: "PutImage fails with ImageTagAlreadyExistsException.",
  family: "container-push",
  technique: "T1525",
  references: [
    "https://attack.mitre.org/techniques/T1525/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  ],
  falsePositives: ["A pipeline that runs twice for the same version"],
  base: 45,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
      operation: ["PutImage"],
    },
  ],
  when: (event) => event.errorCode === "ImageTagAlreadyExistsException",
});
