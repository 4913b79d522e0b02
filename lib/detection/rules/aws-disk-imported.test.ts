import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsDiskImported } from "./aws-disk-imported.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a snapshot", call("ImportSnapshot"), true],
  ["a volume", call("ImportVolume"), true],
  ["an instance", call("ImportInstance", { errorCode: "Client.UnauthorizedOperation" }), true],
  ["a snapshot of a disk here", call("CreateSnapshot"), false],
  ["a key", call("ImportKeyPair"), false],
  ["an image has its own rule", call("ImportImage"), false],
  ["by another service", call("ImportSnapshot", { eventSource: "rds.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsDiskImported, record)).toBe(expected);
});
