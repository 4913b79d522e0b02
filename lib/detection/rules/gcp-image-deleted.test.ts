import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageDeleted } from "./gcp-image-deleted.ts";

const compute = (method: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  gcpRecord({ methodName: method, request, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["deleted", compute("v1.compute.images.delete"), true],
  ["a machine's image", compute("v1.compute.machineImages.delete"), true],
  ["refused", compute("v1.compute.images.delete", {}, { status: { code: 7 } }), true],
  ["deprecated", compute("v1.compute.images.deprecate"), false],
  ["a snapshot", compute("v1.compute.snapshots.delete"), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageDeleted, record)).toBe(expected);
});
