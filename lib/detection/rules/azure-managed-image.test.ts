import { expect, test } from "vitest";
import { azureRecord, cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureManagedImage } from "./azure-managed-image.ts";

test.for<[name: string, overrides: Record<string, unknown>, expected: boolean]>([
  ["an image is written, in capitals", { operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE" }, true],
  ["an image is written, in mixed case", { operationName: "Microsoft.Compute/images/write" }, true],
  ["a machine is captured", { operationName: "Microsoft.Compute/virtualMachines/capture/action" }, true],
  ["the operation in an object", { operationName: { value: "Microsoft.Compute/images/write" } }, true],
  ["a write that failed", { resultType: "Failed" }, true],
  ["a write that only began", { resultType: "Start" }, true],
  ["a write by nobody", { identity: undefined }, true],
  ["a delete has its own rule", { operationName: "Microsoft.Compute/images/delete" }, false],
  ["a gallery's image", { operationName: "Microsoft.Compute/galleries/images/write" }, false],
  ["a machine is written", { operationName: "Microsoft.Compute/virtualMachines/write" }, false],
  ["a machine is stopped", { operationName: "Microsoft.Compute/virtualMachines/deallocate/action" }, false],
  ["another provider's images", { operationName: "Contoso.Compute/images/write" }, false],
])("%s", ([, overrides, expected]) => {
  expect(fires(azureManagedImage, azureRecord(overrides))).toBe(expected);
});

test("an AWS record with an Azure operation's name", () => {
  expect(fires(azureManagedImage, cloudTrailRecord({ eventName: "Microsoft.Compute/images/write" }))).toBe(
    false,
  );
});
