import { expect, test } from "vitest";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureImageDelete } from "./azure-image-delete.ts";

test.for<[name: string, overrides: Record<string, unknown>, expected: boolean]>([
  ["an image is deleted", { operationName: "Microsoft.Compute/images/delete" }, true],
  ["in capitals", { operationName: "MICROSOFT.COMPUTE/IMAGES/DELETE" }, true],
  [
    "a delete that was refused",
    { operationName: "Microsoft.Compute/images/delete", resultType: "Failed" },
    true,
  ],
  ["an image is written", { operationName: "Microsoft.Compute/images/write" }, false],
  ["a gallery's image is deleted", { operationName: "Microsoft.Compute/galleries/images/delete" }, false],
  ["a disk is deleted", { operationName: "Microsoft.Compute/disks/delete" }, false],
])("%s", ([, overrides, expected]) => {
  expect(fires(azureImageDelete, azureRecord(overrides))).toBe(expected);
});
