import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageMade } from "./gcp-image-made.ts";

const compute = (method: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  gcpRecord({ methodName: method, request, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "made of a disk",
    compute("v1.compute.images.insert", { sourceDisk: "projects/shop-prod/zones/z/disks/d" }),
    true,
  ],
  ["made by another version of the API", compute("beta.compute.images.insert"), true],
  [
    "a machine's image",
    compute(
      "v1.compute.machineImages.insert",
      {},
      { resourceName: "projects/shop-prod/global/machineImages/m" },
    ),
    true,
  ],
  ["refused", compute("v1.compute.images.insert", {}, { status: { code: 7 } }), true],
  ["begun", gcpRecord({}, { operation: { id: "o", first: true } }), true],
  [
    "made of a raw disk in a bucket",
    compute("v1.compute.images.insert", { rawDisk: { source: "https://storage.googleapis.com/b/d.tar.gz" } }),
    false,
  ],
  ["a disk", compute("v1.compute.disks.insert"), false],
  ["looked at", compute("v1.compute.images.get"), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageMade, record)).toBe(expected);
});
