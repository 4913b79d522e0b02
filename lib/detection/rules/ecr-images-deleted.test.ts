import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrImagesDeleted } from "./ecr-images-deleted.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

const images = (count: number) => Array.from({ length: count }, (_, at) => ({ imageTag: `1.${at}` }));

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["ten images", ecr("BatchDeleteImage", { imageIds: images(10) }), true],
  ["nine images", ecr("BatchDeleteImage", { imageIds: images(9) }), false],
  ["images that are not named", ecr("BatchDeleteImage"), false],
  [
    "many, refused",
    ecr("BatchDeleteImage", { imageIds: images(100) }, { errorCode: "AccessDeniedException" }),
    true,
  ],
  ["a repository", ecr("DeleteRepository", { force: true }), true],
  ["a repository's policy", ecr("DeleteRepositoryPolicy"), false],
  ["what a policy deletes", ecr("PolicyExecutionEvent", { imageIds: images(50) }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrImagesDeleted, record)).toBe(expected);
});
