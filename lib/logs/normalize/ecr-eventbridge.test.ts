import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord, eventOf } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const DIGEST = `sha256:${"0c".repeat(32)}`;

function ecrEvent(type: string, detail: JsonObject, overrides: JsonObject = {}): JsonObject {
  return {
    version: "0",
    id: "11111111-2222-4333-8444-555555555555",
    "detail-type": type,
    source: "aws.ecr",
    account: "111122223333",
    time: "2026-03-04T09:12:33Z",
    region: "eu-west-1",
    resources: [],
    detail,
    ...overrides,
  };
}

const push = ecrEvent("ECR Image Action", {
  result: "SUCCESS",
  "repository-name": "team/web",
  "image-digest": DIGEST,
  "action-type": "PUSH",
  "image-tag": "1.4",
});

test("a push names the image as CloudTrail does, and nobody", () => {
  const event = eventOf(push);
  expect(event).toMatchObject({
    platform: "aws",
    logSource: "ecr-eventbridge",
    service: "ecr.amazonaws.com",
    operation: "ECR Image Action PUSH",
    outcome: "success",
    actor: null,
    images: [{ role: "made", tag: "1.4", digest: DIGEST }],
  });
  const logged = cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    requestParameters: {
      registryId: "111122223333",
      repositoryName: "team/web",
      imageTag: "1.4",
      imageDigest: DIGEST,
    },
  });
  expect(event.images).toEqual(eventOf(logged).images);
});

test.for<[name: string, record: JsonObject, expected: object]>([
  [
    "a delete",
    ecrEvent("ECR Image Action", { result: "FAILURE", "repository-name": "a", "action-type": "DELETE" }),
    { outcome: "failure", images: [{ role: "changed", tag: null }] },
  ],
  [
    "a scan",
    ecrEvent("ECR Image Scan", { "scan-status": "COMPLETE", "repository-name": "a", "image-tags": ["x"] }),
    { operation: "ECR Image Scan", outcome: "success", images: [{ role: "used", tag: "x" }] },
  ],
  [
    "a change of several repositories",
    ecrEvent("ECR Scan Resource Change", {
      "action-type": "SCAN_FREQUENCY_CHANGE",
      repositories: [{ "repository-name": "a" }, { "repository-name": "b" }, 7],
    }),
    { images: [{ name: "a" }, { name: "b" }], outcome: "unknown" },
  ],
  [
    "a cache that fetched",
    ecrEvent("ECR Pull Through Cache Action", {
      "upstream-registry-url": "public.ecr.aws",
      "repository-name": "a",
    }),
    { details: { upstream: "public.ecr.aws" } },
  ],
  [
    "nothing named",
    ecrEvent("ECR Image Action", {}),
    { images: [], subject: "registry:111122223333.dkr.ecr.eu-west-1.amazonaws.com" },
  ],
])("%s", ([, record, expected]) => {
  expect(eventOf(record)).toMatchObject(expected);
});

test("no time", () => {
  expect(normalize({ ...push, time: 7 })).toMatchObject({
    reason: { reason: "no-time", detail: "time is 7" },
  });
});
