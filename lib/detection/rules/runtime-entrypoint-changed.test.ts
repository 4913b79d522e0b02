import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimeEntrypointChanged } from "./runtime-entrypoint-changed.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["by Falco", falcoRecord("Modify Container Entrypoint"), true],
  ["by Sysdig", sysdigRecord("Modify Container Entrypoint"), true],
  ["a shell", falcoRecord("Terminal shell in container"), false],
  ["a binary's directory", falcoRecord("Modify binary dirs"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimeEntrypointChanged, record)).toBe(expected);
});
