import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrOpened } from "./acr-opened.ts";

const registry = (operation: string, rest: Record<string, unknown> = {}) =>
  azureRecord({
    operationName: `Microsoft.ContainerRegistry/registries/${operation}`,
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/prod",
    ...rest,
  });
const body = (request: object) => ({ properties: { requestbody: JSON.stringify(request) } });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["the admin user", registry("write", body({ properties: { adminUserEnabled: true } })), true],
  ["anonymous pulls", registry("write", body({ properties: { anonymousPullEnabled: "true" } })), true],
  ["public networks", registry("write", body({ properties: { publicNetworkAccess: "Enabled" } })), true],
  [
    "let in by default",
    registry("write", body({ properties: { networkRuleSet: { defaultAction: "Allow" } } })),
    true,
  ],
  [
    "content trust, refused",
    registry("write", {
      ...body({ properties: { policies: { trustPolicy: { status: "disabled" } } } }),
      resultType: "Failed",
    }),
    true,
  ],
  [
    "closed",
    registry(
      "write",
      body({
        properties: {
          adminUserEnabled: false,
          publicNetworkAccess: "Disabled",
          networkRuleSet: { defaultAction: "Deny" },
        },
      }),
    ),
    false,
  ],
  ["tags", registry("write", body({ tags: { team: "web" } })), false],
  ["without its request", registry("write"), false],
  ["a webhook", registry("webhooks/write", body({ properties: { publicNetworkAccess: "Enabled" } })), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrOpened, record)).toBe(expected);
});
