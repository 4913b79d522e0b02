import { expect, test } from "vitest";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrPush } from "./ecr-push.ts";

const ECR = "ecr.amazonaws.com";

test.for<[name: string, overrides: Record<string, unknown>, expected: boolean]>([
  ["PutImage", { eventSource: ECR, eventName: "PutImage" }, true],
  ["InitiateLayerUpload", { eventSource: ECR, eventName: "InitiateLayerUpload" }, true],
  ["CompleteLayerUpload", { eventSource: ECR, eventName: "CompleteLayerUpload" }, true],
  ["the public gallery", { eventSource: "ecr-public.amazonaws.com", eventName: "PutImage" }, true],
  [
    "a push that was refused",
    { eventSource: ECR, eventName: "PutImage", errorCode: "ImageTagAlreadyExistsException" },
    true,
  ],
  ["a push without an identity", { eventSource: ECR, eventName: "PutImage", userIdentity: null }, true],
  ["UploadLayerPart", { eventSource: ECR, eventName: "UploadLayerPart" }, false],
  ["GetAuthorizationToken", { eventSource: ECR, eventName: "GetAuthorizationToken" }, false],
  ["a pull", { eventSource: ECR, eventName: "BatchGetImage" }, false],
  ["BatchDeleteImage", { eventSource: ECR, eventName: "BatchDeleteImage" }, false],
  ["PutImageScanningConfiguration", { eventSource: ECR, eventName: "PutImageScanningConfiguration" }, false],
  ["PutImage of another service", { eventSource: "ec2.amazonaws.com", eventName: "PutImage" }, false],
  ["no service at all", { eventSource: undefined, eventName: "PutImage" }, false],
])("%s", ([, overrides, expected]) => {
  expect(fires(ecrPush, cloudTrailRecord(overrides))).toBe(expected);
});
