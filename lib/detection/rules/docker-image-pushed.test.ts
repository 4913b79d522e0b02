import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { dockerRecord, notificationRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { dockerImagePushed } from "./docker-image-pushed.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["pushed", dockerRecord("image", "push"), true],
  ["pushed without a tag", dockerRecord("image", "push", "team/web"), true],
  ["pulled", dockerRecord("image", "pull"), false],
  ["a plugin", dockerRecord("plugin", "push"), false],
  ["at a registry", notificationRecord(), false],
])("%s", ([, record, expected]) => {
  expect(fires(dockerImagePushed, record)).toBe(expected);
});
