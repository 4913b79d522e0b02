import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { dockerRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { dockerImageBuilt } from "./docker-image-built.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["built", dockerRecord("image", "build"), true],
  ["built by the builder", dockerRecord("builder", "build"), true],
  ["built into containerd's store", dockerRecord("image", "create"), true],
  ["the cache cleared", dockerRecord("builder", "prune"), false],
  ["pulled", dockerRecord("image", "pull"), false],
  ["a volume", dockerRecord("volume", "create"), false],
])("%s", ([, record, expected]) => {
  expect(fires(dockerImageBuilt, record)).toBe(expected);
});
