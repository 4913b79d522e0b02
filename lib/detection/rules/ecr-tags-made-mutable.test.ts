import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrTagsMadeMutable } from "./ecr-tags-made-mutable.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["mutable", ecr("PutImageTagMutability", { imageTagMutability: "MUTABLE" }), true],
  [
    "mutable but for some",
    ecr("PutImageTagMutability", { imageTagMutability: "MUTABLE_WITH_EXCLUSION" }),
    true,
  ],
  [
    "refused",
    ecr("PutImageTagMutability", { imageTagMutability: "MUTABLE" }, { errorCode: "AccessDeniedException" }),
    true,
  ],
  ["immutable", ecr("PutImageTagMutability", { imageTagMutability: "IMMUTABLE" }), false],
  ["no value", ecr("PutImageTagMutability"), false],
  ["a new repository", ecr("CreateRepository", { imageTagMutability: "MUTABLE" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrTagsMadeMutable, record)).toBe(expected);
});
