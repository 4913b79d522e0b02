import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureGalleryChanged } from "./azure-gallery-changed.ts";

const call = (operationName: string, rest: Record<string, unknown> = {}) =>
  azureRecord({ operationName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a gallery", call("Microsoft.Compute/galleries/write"), true],
  ["a definition, in capitals", call("MICROSOFT.COMPUTE/GALLERIES/IMAGES/WRITE"), true],
  ["refused", call("Microsoft.Compute/galleries/write", { resultType: "Failed" }), true],
  ["a version", call("Microsoft.Compute/galleries/images/versions/write"), false],
  ["an application", call("Microsoft.Compute/galleries/applications/write"), false],
  ["deleted", call("Microsoft.Compute/galleries/delete"), false],
])("%s", ([, record, expected]) => {
  expect(fires(azureGalleryChanged, record)).toBe(expected);
});
