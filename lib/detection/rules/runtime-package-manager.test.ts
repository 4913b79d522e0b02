import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimePackageManager } from "./runtime-package-manager.ts";

/** What a line of Falco's says, which does not name the rule. */
const line = (sentence: string) => ({ ...falcoRecord(""), output: `${sentence} (user.name=root)` });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["by Falco", falcoRecord("Launch Package Management Process in Container"), true],
  ["by Sysdig", sysdigRecord("Launch Package Management Process in Container"), true],
  ["a repository of packages changed", falcoRecord("Update Package Repository"), false],
  ["a shell", falcoRecord("Terminal shell in container"), false],
  ["a line", line("Package management process launched in container"), true],
  ["a line of another", line("A shell was spawned in a container"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimePackageManager, record)).toBe(expected);
});
