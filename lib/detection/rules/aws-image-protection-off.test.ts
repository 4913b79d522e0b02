import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageProtectionOff } from "./aws-image-protection-off.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "switched off",
    call("DisableImageDeregistrationProtection", { requestParameters: { imageId: "ami-0a" } }),
    true,
  ],
  [
    "refused",
    call("DisableImageDeregistrationProtection", { errorCode: "Client.UnauthorizedOperation" }),
    true,
  ],
  ["switched on", call("EnableImageDeregistrationProtection"), false],
  ["deprecation switched off", call("DisableImageDeprecation"), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageProtectionOff, record)).toBe(expected);
});
