import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureGalleryImageVersion } from "./azure-gallery-image-version.ts";

const call = (operationName: string, rest: Record<string, unknown> = {}) =>
  azureRecord({ operationName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["written", call("Microsoft.Compute/galleries/images/versions/write"), true],
  ["in capitals", call("MICROSOFT.COMPUTE/GALLERIES/IMAGES/VERSIONS/WRITE"), true],
  ["only begun", call("Microsoft.Compute/galleries/images/versions/write", { resultType: "Start" }), true],
  ["refused", call("Microsoft.Compute/galleries/images/versions/write", { resultType: "Failed" }), true],
  ["read", call("Microsoft.Compute/galleries/images/versions/read"), false],
  ["deleted", call("Microsoft.Compute/galleries/images/versions/delete"), false],
  ["an image's definition", call("Microsoft.Compute/galleries/images/write"), false],
  ["a version of an application", call("Microsoft.Compute/galleries/applications/versions/write"), false],
  ["a managed image", call("Microsoft.Compute/images/write"), false],
])("%s", ([, record, expected]) => {
  expect(fires(azureGalleryImageVersion, record)).toBe(expected);
});
