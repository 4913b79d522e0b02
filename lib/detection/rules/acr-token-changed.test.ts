import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrTokenChanged } from "./acr-token-changed.ts";

const registry = (operation: string, rest: Record<string, unknown> = {}) =>
  azureRecord({
    operationName: `Microsoft.ContainerRegistry/registries/${operation}`,
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/prod",
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a token", registry("tokens/write"), true],
  ["a scope map", registry("scopeMaps/write"), true],
  ["a token's password", registry("generateCredentials/action"), true],
  [
    "the admin user's password, in capitals",
    azureRecord({ operationName: "MICROSOFT.CONTAINERREGISTRY/REGISTRIES/REGENERATECREDENTIAL/ACTION" }),
    true,
  ],
  ["refused", registry("tokens/write", { resultType: "Failed" }), true],
  ["a token taken away", registry("tokens/delete"), false],
  ["tokens looked at", registry("tokens/read"), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrTokenChanged, record)).toBe(expected);
});
