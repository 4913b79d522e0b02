import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageRestored } from "./aws-image-restored.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "restored",
    call("CreateRestoreImageTask", {
      requestParameters: { bucket: "b", objectKey: "ami-0a.bin", name: "web" },
    }),
    true,
  ],
  ["refused", call("CreateRestoreImageTask", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["by nobody", call("CreateRestoreImageTask", { userIdentity: null }), true],
  ["stored", call("CreateStoreImageTask"), false],
  ["looked at", call("DescribeStoreImageTasks"), false],
  ["by another service", call("CreateRestoreImageTask", { eventSource: "s3.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageRestored, record)).toBe(expected);
});
