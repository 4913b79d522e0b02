import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrPullThroughChanged } from "./ecr-pull-through-changed.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "set up",
    ecr("CreatePullThroughCacheRule", {
      repositoryName: undefined,
      upstreamRegistryUrl: "registry-1.docker.io",
    }),
    true,
  ],
  ["changed", ecr("UpdatePullThroughCacheRule"), true],
  ["refused", ecr("CreatePullThroughCacheRule", {}, { errorCode: "AccessDeniedException" }), true],
  ["taken away", ecr("DeletePullThroughCacheRule"), false],
  ["tried out", ecr("ValidatePullThroughCacheRule"), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrPullThroughChanged, record)).toBe(expected);
});
