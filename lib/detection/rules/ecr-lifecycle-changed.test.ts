import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrLifecycleChanged } from "./ecr-lifecycle-changed.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["set", ecr("PutLifecyclePolicy", { lifecyclePolicyText: "{}" }), true],
  ["deleted", ecr("DeleteLifecyclePolicy"), true],
  ["refused", ecr("PutLifecyclePolicy", {}, { errorCode: "AccessDeniedException" }), true],
  ["tried out", ecr("StartLifecyclePolicyPreview"), false],
  ["run", ecr("PolicyExecutionEvent"), false],
  ["of volumes", ecr("PutLifecyclePolicy", {}, { eventSource: "dlm.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrLifecycleChanged, record)).toBe(expected);
});
