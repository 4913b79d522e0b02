import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimeDisallowedImage } from "./runtime-disallowed-image.ts";

/** What a line of Falco's says, which does not name the rule. */
const line = (sentence: string) => ({ ...falcoRecord(""), output: `${sentence} (user.name=root)` });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a pod", falcoRecord("Create Disallowed Pod"), true],
  ["a container", falcoRecord("Launch Disallowed Container"), true],
  ["by Sysdig", sysdigRecord("Launch Disallowed Container"), true],
  ["a privileged pod", falcoRecord("Create Privileged Pod"), false],
  ["a user that is not allowed", falcoRecord("Disallowed K8s User"), false],
  ["a line", line("Container started and not in allowed list"), true],
  ["a line of another", line("A shell was spawned in a container"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimeDisallowedImage, record)).toBe(expected);
});
