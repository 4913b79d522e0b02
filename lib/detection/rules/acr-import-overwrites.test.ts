import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrImportOverwrites } from "./acr-import-overwrites.ts";

const registry = (operation: string, rest: Record<string, unknown> = {}) =>
  azureRecord({
    operationName: `Microsoft.ContainerRegistry/registries/${operation}`,
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/prod",
    ...rest,
  });
const body = (request: object) => ({ properties: { requestbody: JSON.stringify(request) } });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "forced",
    registry(
      "importImage/action",
      body({ source: { sourceImage: "library/nginx:1" }, targetTags: ["web:1"], mode: "Force" }),
    ),
    true,
  ],
  [
    "forced, refused",
    registry("importImage/action", { ...body({ mode: "force" }), resultType: "Failed" }),
    true,
  ],
  ["not forced", registry("importImage/action", body({ mode: "NoForce" })), false],
  ["without its request", registry("importImage/action"), false],
  ["another operation", registry("write", body({ mode: "Force" })), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrImportOverwrites, record)).toBe(expected);
});
