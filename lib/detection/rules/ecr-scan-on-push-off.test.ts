import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrScanOnPushOff } from "./ecr-scan-on-push-off.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["off", ecr("PutImageScanningConfiguration", { imageScanningConfiguration: { scanOnPush: false } }), true],
  [
    "off, as text",
    ecr("PutImageScanningConfiguration", { imageScanningConfiguration: { scanOnPush: "false" } }),
    true,
  ],
  [
    "refused",
    ecr(
      "PutImageScanningConfiguration",
      { imageScanningConfiguration: { scanOnPush: false } },
      { errorCode: "AccessDeniedException" },
    ),
    true,
  ],
  ["on", ecr("PutImageScanningConfiguration", { imageScanningConfiguration: { scanOnPush: true } }), false],
  ["no value", ecr("PutImageScanningConfiguration"), false],
  ["the registry's configuration", ecr("PutRegistryScanningConfiguration"), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrScanOnPushOff, record)).toBe(expected);
});
