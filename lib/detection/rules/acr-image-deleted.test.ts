import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { acrRecord, notificationRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrImageDeleted } from "./acr-image-deleted.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["deleted", acrRecord({ OperationName: "Delete" }), true],
  ["a tag taken off", acrRecord({ OperationName: "Untag" }), true],
  ["purged", acrRecord({ OperationName: "PurgeManifest" }), true],
  ["by webhook", notificationRecord({ action: "delete", request: { host: "prod.azurecr.io" } }), true],
  ["refused", acrRecord({ OperationName: "Delete", ResultDescription: "403" }), true],
  ["pushed", acrRecord(), false],
  ["of another registry", notificationRecord({ action: "delete" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrImageDeleted, record)).toBe(expected);
});
