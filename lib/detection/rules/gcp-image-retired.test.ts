import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageRetired } from "./gcp-image-retired.ts";

const compute = (method: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  gcpRecord({ methodName: method, request, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["deprecated", compute("v1.compute.images.deprecate"), true],
  ["changed", compute("alpha.compute.images.patch", { family: "web" }), true],
  ["refused", compute("v1.compute.images.deprecate", {}, { status: { code: 7 } }), true],
  ["labelled", compute("v1.compute.images.setLabels"), false],
  ["a machine changed", compute("v1.compute.instances.patch"), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageRetired, record)).toBe(expected);
});
