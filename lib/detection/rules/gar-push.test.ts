import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garPush } from "./gar-push.ts";

const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const artifact = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "artifactregistry.googleapis.com",
    methodName,
    resourceName: `${REPOSITORY}/dockerImages/web:1.4`,
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["pushed", artifact("Docker-PutManifest"), true],
  [
    "by digest alone",
    artifact("Docker-PutManifest", {
      resourceName: `${REPOSITORY}/dockerImages/web@sha256:${"0a".repeat(32)}`,
    }),
    true,
  ],
  ["refused", artifact("Docker-PutManifest", { status: { code: 7 } }), true],
  [
    "a layer refused",
    artifact("Docker-StartUpload", {
      resourceName: `${REPOSITORY}/dockerImages/web`,
      authorizationInfo: [{ granted: false }],
    }),
    true,
  ],
  ["a layer", artifact("Docker-StartUpload"), false],
  [
    "a signature",
    artifact("Docker-PutManifest", {
      resourceName: `${REPOSITORY}/dockerImages/web:sha256-${"0a".repeat(32)}.sig`,
    }),
    false,
  ],
  ["a pull", artifact("Docker-GetManifest"), false],
  ["deleted", artifact("Docker-DeleteManifest"), false],
  ["of another service", artifact("Docker-PutManifest", { serviceName: "run.googleapis.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(garPush, record)).toBe(expected);
});
