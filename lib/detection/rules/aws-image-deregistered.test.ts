import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageDeregistered } from "./aws-image-deregistered.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["deregistered", call("DeregisterImage", { requestParameters: { imageId: "ami-0a" } }), true],
  ["disabled", call("DisableImage", { requestParameters: { imageId: "ami-0a" } }), true],
  ["refused", call("DeregisterImage", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["enabled", call("EnableImage"), false],
  ["an instance deregistered", call("DeregisterInstanceEventNotificationAttributes"), false],
  ["by another service", call("DeregisterImage", { eventSource: "appstream.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageDeregistered, record)).toBe(expected);
});
