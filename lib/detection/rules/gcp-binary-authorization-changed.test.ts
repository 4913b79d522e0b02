import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpBinaryAuthorizationChanged } from "./gcp-binary-authorization-changed.ts";

const bin = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "binaryauthorization.googleapis.com",
    methodName,
    resourceName: "projects/shop-prod/policy",
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["the policy", bin("google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1.UpdatePolicy"), true],
  [
    "the policy, by another version",
    bin("google.cloud.binaryauthorization.v1beta1.BinauthzManagementServiceV1Beta1.UpdatePolicy"),
    true,
  ],
  [
    "an attestor",
    bin("google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1.DeleteAttestor"),
    true,
  ],
  [
    "refused",
    bin("google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1.UpdatePolicy", {
      status: { code: 7 },
    }),
    true,
  ],
  ["looked at", bin("google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1.GetPolicy"), false],
  [
    "the policy of another service",
    bin("google.iam.v2.Policies.UpdatePolicy", { serviceName: "iam.googleapis.com" }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(gcpBinaryAuthorizationChanged, record)).toBe(expected);
});
