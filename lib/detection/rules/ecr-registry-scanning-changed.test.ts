import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrRegistryScanningChanged } from "./ecr-registry-scanning-changed.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["changed", ecr("PutRegistryScanningConfiguration", { scanType: "BASIC", rules: [] }), true],
  ["refused", ecr("PutRegistryScanningConfiguration", {}, { errorCode: "AccessDeniedException" }), true],
  ["looked at", ecr("GetRegistryScanningConfiguration"), false],
  ["a repository's", ecr("PutImageScanningConfiguration"), false],
  [
    "at another service",
    ecr("PutRegistryScanningConfiguration", {}, { eventSource: "inspector2.amazonaws.com" }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(ecrRegistryScanningChanged, record)).toBe(expected);
});
