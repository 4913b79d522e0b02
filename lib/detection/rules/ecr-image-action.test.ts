import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { ecrEventRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrImageAction } from "./ecr-image-action.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["pushed", ecrEventRecord("ECR Image Action", { "action-type": "PUSH" }), true],
  [
    "a push that failed",
    ecrEventRecord("ECR Image Action", { "action-type": "PUSH", result: "FAILURE" }),
    true,
  ],
  ["deleted", ecrEventRecord("ECR Image Action", { "action-type": "DELETE" }), false],
  ["an action without a name", ecrEventRecord("ECR Image Action", {}), false],
  ["scanned", ecrEventRecord("ECR Image Scan", { "scan-status": "COMPLETE" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrImageAction, record)).toBe(expected);
});
