import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrCredentialsRead } from "./acr-credentials-read.ts";

const registry = (operation: string, rest: Record<string, unknown> = {}) =>
  azureRecord({
    operationName: `Microsoft.ContainerRegistry/registries/${operation}`,
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/prod",
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["read", registry("listCredentials/action"), true],
  [
    "in capitals",
    azureRecord({ operationName: "MICROSOFT.CONTAINERREGISTRY/REGISTRIES/LISTCREDENTIALS/ACTION" }),
    true,
  ],
  ["refused", registry("listCredentials/action", { resultType: "Failed" }), true],
  ["made anew", registry("regenerateCredential/action"), false],
  ["usage", registry("listUsages/read"), false],
  [
    "of a cluster",
    azureRecord({
      operationName: "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(acrCredentialsRead, record)).toBe(expected);
});
