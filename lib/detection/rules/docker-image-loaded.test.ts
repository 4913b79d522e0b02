import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { dockerRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { dockerImageLoaded } from "./docker-image-loaded.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["loaded", dockerRecord("image", "load"), true],
  ["imported", dockerRecord("image", "import"), true],
  ["saved", dockerRecord("image", "save"), false],
  ["pulled", dockerRecord("image", "pull"), false],
  ["a plugin", dockerRecord("plugin", "load"), false],
])("%s", ([, record, expected]) => {
  expect(fires(dockerImageLoaded, record)).toBe(expected);
});
