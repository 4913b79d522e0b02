import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsFpgaImage } from "./aws-fpga-image.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["made", call("CreateFpgaImage"), true],
  ["copied", call("CopyFpgaImage"), true],
  ["changed, refused", call("ModifyFpgaImageAttribute", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["looked at", call("DescribeFpgaImages"), false],
  ["deleted", call("DeleteFpgaImage"), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsFpgaImage, record)).toBe(expected);
});
