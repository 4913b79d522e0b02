import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageExported } from "./aws-image-exported.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "an image stored",
    call("CreateStoreImageTask", { requestParameters: { imageId: "ami-0a", bucket: "b" } }),
    true,
  ],
  ["an image exported", call("ExportImage", { requestParameters: { imageId: "ami-0a" } }), true],
  [
    "an instance exported",
    call("CreateInstanceExportTask", { requestParameters: { instanceId: "i-1" } }),
    true,
  ],
  ["refused", call("ExportImage", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["an export cancelled", call("CancelExportTask"), false],
  ["exports looked at", call("DescribeExportImageTasks"), false],
  ["a table exported", call("ExportTableToPointInTime", { eventSource: "dynamodb.amazonaws.com" }), false],
  ["by another service", call("ExportImage", { eventSource: "imagebuilder.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageExported, record)).toBe(expected);
});
