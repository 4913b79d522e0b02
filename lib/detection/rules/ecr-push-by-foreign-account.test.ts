import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrPushByForeignAccount } from "./ecr-push-by-foreign-account.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

const foreignRole = {
  type: "AssumedRole",
  arn: "arn:aws:sts::444455556666:assumed-role/ci/run",
  accountId: "444455556666",
};

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a role of another account", ecr("PutImage", {}, { userIdentity: foreignRole }), true],
  ["layers by another account", ecr("InitiateLayerUpload", {}, { userIdentity: foreignRole }), true],
  [
    "another account that shows no more",
    ecr(
      "PutImage",
      {},
      { userIdentity: { type: "AWSAccount", principalId: "AROAEXAMPLE", accountId: "444455556666" } },
    ),
    true,
  ],
  [
    "a person of Identity Center in another account",
    ecr(
      "PutImage",
      {},
      {
        userIdentity: {
          type: "AssumedRole",
          arn: "arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Dev_1/dana@example.com",
        },
      },
    ),
    true,
  ],
  ["refused", ecr("PutImage", {}, { userIdentity: foreignRole, errorCode: "AccessDenied" }), true],
  ["its own role", ecr("PutImage"), false],
  ["a registry that is not named", ecr("PutImage", { registryId: undefined }), false],
  [
    "a service",
    ecr("PutImage", {}, { userIdentity: { type: "AWSService", invokedBy: "ecr.amazonaws.com" } }),
    false,
  ],
  ["nobody", ecr("PutImage", {}, { userIdentity: null }), false],
  ["a pull by another account", ecr("BatchGetImage", {}, { userIdentity: foreignRole }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrPushByForeignAccount, record)).toBe(expected);
});
