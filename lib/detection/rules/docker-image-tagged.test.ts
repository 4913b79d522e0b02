import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { dockerRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { dockerImageTagged } from "./docker-image-tagged.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["tagged", dockerRecord("image", "tag"), true],
  ["an id tagged", dockerRecord("image", "tag", `sha256:${"0a".repeat(32)}`, { name: "web:1" }), true],
  ["a tag taken away", dockerRecord("image", "untag"), false],
  ["pushed", dockerRecord("image", "push"), false],
])("%s", ([, record, expected]) => {
  expect(fires(dockerImageTagged, record)).toBe(expected);
});
