import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrOverwriteRefused } from "./ecr-overwrite-refused.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["refused", ecr("PutImage", { imageTag: "1.4" }, { errorCode: "ImageTagAlreadyExistsException" }), true],
  ["pushed", ecr("PutImage", { imageTag: "1.4" }), false],
  ["not allowed", ecr("PutImage", {}, { errorCode: "AccessDenied" }), false],
  ["the very same image again", ecr("PutImage", {}, { errorCode: "ImageAlreadyExistsException" }), false],
  [
    "another call with the error",
    ecr("CreateRepository", {}, { errorCode: "ImageTagAlreadyExistsException" }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(ecrOverwriteRefused, record)).toBe(expected);
});
