import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { azureGalleryShared } from "./azure-gallery-shared.ts";

const call = (operationName: string, rest: Record<string, unknown> = {}) =>
  azureRecord({ operationName, ...rest });

const share = (operationType: string, groups: object[] = []) =>
  call("Microsoft.Compute/galleries/share/action", {
    properties: { requestbody: JSON.stringify({ operationType, groups }) },
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["with a subscription", share("Add", [{ type: "Subscriptions", ids: ["0a1b"] }]), true],
  ["with everyone", share("EnableCommunity"), true],
  ["with somebody who is not logged", call("Microsoft.Compute/galleries/share/action"), true],
  ["refused", call("Microsoft.Compute/galleries/share/action", { resultType: "Failed" }), true],
  ["in capitals", call("MICROSOFT.COMPUTE/GALLERIES/SHARE/ACTION"), true],
  ["taken from a subscription", share("Remove", [{ type: "Subscriptions", ids: ["0a1b"] }]), false],
  ["taken from all", share("Reset"), false],
  ["written", call("Microsoft.Compute/galleries/write"), false],
])("%s", ([, record, expected]) => {
  expect(fires(azureGalleryShared, record)).toBe(expected);
});
