import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrPushOpened } from "./ecr-push-opened.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

const policy = (
  Action: string,
  Principal: unknown,
  rest: Record<string, unknown> = {},
  eventName = "SetRepositoryPolicy",
) =>
  ecr(
    eventName,
    { policyText: JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action }] }) },
    rest,
  );

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["push by everyone", policy("ecr:PutImage", "*"), true],
  ["everything by another account", policy("ecr:*", { AWS: "444455556666" }), true],
  [
    "replication by another registry",
    policy("ecr:ReplicateImage", { AWS: "444455556666" }, {}, "PutRegistryPolicy"),
    true,
  ],
  ["refused", policy("ecr:PutImage", "*", { errorCode: "AccessDeniedException" }), true],
  ["push by its own account", policy("ecr:PutImage", { AWS: "arn:aws:iam::111122223333:root" }), false],
  ["pull by everyone", policy("ecr:BatchGetImage", "*"), false],
  ["no policy", ecr("SetRepositoryPolicy", { policyText: "?" }), false],
  ["the policy deleted", policy("ecr:PutImage", "*", {}, "DeleteRepositoryPolicy"), false],
  ["the policy of a bucket", policy("ecr:PutImage", "*", { eventSource: "s3.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrPushOpened, record)).toBe(expected);
});
