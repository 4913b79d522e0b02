import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { gcpImageFromBucket } from "./gcp-image-from-bucket.ts";

const compute = (method: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  gcpRecord({ methodName: method, request, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "made",
    compute("v1.compute.images.insert", { rawDisk: { source: "https://storage.googleapis.com/b/d.tar.gz" } }),
    true,
  ],
  [
    "refused",
    compute(
      "v1.compute.images.insert",
      { rawDisk: { source: "https://storage.googleapis.com/b/d.tar.gz" } },
      { status: { code: 7 } },
    ),
    true,
  ],
  [
    "made of a disk",
    compute("v1.compute.images.insert", { sourceDisk: "projects/shop-prod/zones/z/disks/d" }),
    false,
  ],
  ["no request", compute("v1.compute.images.insert"), false],
  ["a raw disk without a source", compute("v1.compute.images.insert", { rawDisk: {} }), false],
])("%s", ([, record, expected]) => {
  expect(fires(gcpImageFromBucket, record)).toBe(expected);
});
