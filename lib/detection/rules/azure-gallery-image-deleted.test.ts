import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureGalleryImageDeleted } from "./azure-gallery-image-deleted.ts";

const call = (operationName: string, rest: Record<string, unknown> = {}) =>
  azureRecord({ operationName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a version", call("Microsoft.Compute/galleries/images/versions/delete"), true],
  ["a definition", call("MICROSOFT.COMPUTE/GALLERIES/IMAGES/DELETE"), true],
  ["a gallery, refused", call("Microsoft.Compute/galleries/delete", { resultType: "Failed" }), true],
  ["a managed image has its own rule", call("Microsoft.Compute/images/delete"), false],
  ["an application", call("Microsoft.Compute/galleries/applications/versions/delete"), false],
  ["a version written", call("Microsoft.Compute/galleries/images/versions/write"), false],
])("%s", ([, record, expected]) => {
  expect(fires(azureGalleryImageDeleted, record)).toBe(expected);
});
