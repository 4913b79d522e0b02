import { expect, test } from "vitest";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrPush } from "./acr-push.ts";

test.for<[operation: string, expected: boolean]>([
  ["Microsoft.ContainerRegistry/registries/push/write", true],
  ["Microsoft.ContainerRegistry/registries/importImage/action", true],
  ["MICROSOFT.CONTAINERREGISTRY/REGISTRIES/IMPORTIMAGE/ACTION", true],
  ["Microsoft.ContainerRegistry/registries/pull/read", false],
  ["Microsoft.ContainerRegistry/registries/write", false],
  ["Microsoft.ContainerRegistry/registries/listCredentials/action", false],
  ["Microsoft.ContainerInstance/containerGroups/write", false],
])("%s: %s", ([operationName, expected]) => {
  expect(fires(acrPush, azureRecord({ operationName }))).toBe(expected);
});

test("an import that failed is an attempt", () => {
  const operationName = "Microsoft.ContainerRegistry/registries/importImage/action";
  expect(fires(acrPush, azureRecord({ operationName, resultType: "Failed", resourceId: "" }))).toBe(true);
});
