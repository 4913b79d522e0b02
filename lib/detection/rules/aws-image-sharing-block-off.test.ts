import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageSharingBlockOff } from "./aws-image-sharing-block-off.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["switched off", call("DisableImageBlockPublicAccess"), true],
  ["refused", call("DisableImageBlockPublicAccess", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["switched on", call("EnableImageBlockPublicAccess"), false],
  ["looked at", call("GetImageBlockPublicAccessState"), false],
  ["that of snapshots", call("DisableSnapshotBlockPublicAccess"), false],
  ["at another service", call("DisableImageBlockPublicAccess", { eventSource: "s3.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageSharingBlockOff, record)).toBe(expected);
});
