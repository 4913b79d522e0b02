import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrPullOpened } from "./ecr-pull-opened.ts";

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
  ["pull by everyone", policy("ecr:BatchGetImage", "*"), true],
  ["everything by another account", policy("*", { AWS: "arn:aws:iam::444455556666:root" }), true],
  ["refused", policy("ecr:GetDownloadUrlForLayer", "*", { errorCode: "AccessDeniedException" }), true],
  ["push by everyone", policy("ecr:PutImage", "*"), false],
  ["pull by its own account", policy("ecr:BatchGetImage", { AWS: "111122223333" }), false],
  ["pull by a service", policy("ecr:BatchGetImage", { Service: "lambda.amazonaws.com" }), false],
  ["no policy", ecr("SetRepositoryPolicy"), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrPullOpened, record)).toBe(expected);
});
