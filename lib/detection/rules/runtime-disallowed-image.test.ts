import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimeDisallowedImage } from "./runtime-disallowed-image.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a pod", falcoRecord("Create Disallowed Pod"), true],
  ["a container", falcoRecord("Launch Disallowed Container"), true],
  ["by Sysdig", sysdigRecord("Launch Disallowed Container"), true],
  ["a privileged pod", falcoRecord("Create Privileged Pod"), false],
  ["a user that is not allowed", falcoRecord("Disallowed K8s User"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimeDisallowedImage, record)).toBe(expected);
});
