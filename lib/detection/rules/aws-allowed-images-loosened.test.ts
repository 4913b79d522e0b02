import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsAllowedImagesLoosened } from "./aws-allowed-images-loosened.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["switched off", call("DisableAllowedImagesSettings"), true],
  ["refused", call("DisableAllowedImagesSettings", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["other owners", call("ReplaceImageCriteriaInAllowedImagesSettings"), true],
  [
    "audit mode",
    call("EnableAllowedImagesSettings", {
      requestParameters: { EnableAllowedImagesSettingsRequest: { AllowedImagesSettingsState: "audit-mode" } },
    }),
    true,
  ],
  [
    "audit mode, refused",
    call("EnableAllowedImagesSettings", {
      errorCode: "x",
      requestParameters: { allowedImagesSettingsState: "audit-mode" },
    }),
    true,
  ],
  [
    "switched on",
    call("EnableAllowedImagesSettings", {
      requestParameters: { EnableAllowedImagesSettingsRequest: { AllowedImagesSettingsState: "enabled" } },
    }),
    false,
  ],
  ["switched on, without its parameters", call("EnableAllowedImagesSettings"), false],
  ["looked at", call("GetAllowedImagesSettings"), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsAllowedImagesLoosened, record)).toBe(expected);
});
