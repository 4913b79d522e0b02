import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimeNewBinary } from "./runtime-new-binary.ts";

/** What a line of Falco's says, which does not name the rule. */
const line = (sentence: string) => ({ ...falcoRecord(""), output: `${sentence} (user.name=root)` });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["dropped and run", falcoRecord("Drop and execute new binary in container"), true],
  ["drifted", falcoRecord("Container Drift Detected (chmod)"), true],
  [
    "without an image",
    falcoRecord("Drop and execute new binary in container", { "container.image.repository": null }),
    true,
  ],
  ["by Sysdig", sysdigRecord("Drift Detected"), true],
  ["a shell", falcoRecord("Terminal shell in container"), false],
  ["a package manager", falcoRecord("Launch Package Management Process in Container"), false],
  ["a line", line("Executing binary not part of base image"), true],
  ["a line of another", line("A shell was spawned in a container"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimeNewBinary, record)).toBe(expected);
});
