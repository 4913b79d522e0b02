import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { dockerRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { dockerContainerCommitted } from "./docker-container-committed.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "committed",
    dockerRecord("container", "commit", "c0ffee", { image: "registry.example.com/team/web:1.4" }),
    true,
  ],
  ["a container without a known image", dockerRecord("container", "commit", "c0ffee"), true],
  ["exported", dockerRecord("container", "export", "c0ffee"), false],
  ["started", dockerRecord("container", "start", "c0ffee"), false],
  ["a command of that name", dockerRecord("container", "exec_create: git commit", "c0ffee"), false],
])("%s", ([, record, expected]) => {
  expect(fires(dockerContainerCommitted, record)).toBe(expected);
});
