import { detail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

/** Fewer are the platforms and tags of one release that is withdrawn. */
const MANY = 10;

export const ecrImagesDeleted = defineRule({
  id: "ecr-images-deleted",
  title: "Many images, or a whole repository, were deleted from ECR",
  why: "It plants nothing, but it makes room for other images under the same tags, takes down what is deployed from them, and removes evidence.",
  logic:
    "BatchDeleteImage names ten images or more, or DeleteRepository is called, whether it succeeds or is refused. What a lifecycle policy deletes does not count.",
  family: "container-push",
  technique: "T1485",
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html",
  ],
  falsePositives: ["Clean-up by a pipeline", "A project that is given up"],
  base: 20,
  match: [
    {
      platform: "aws",
      logs: ["cloudtrail"],
      service: ["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
      operation: ["BatchDeleteImage", "DeleteRepository"],
    },
  ],
  when: (event) => event.operation !== "BatchDeleteImage" || Number(detail(event, "imageCount")) >= MANY,
});
