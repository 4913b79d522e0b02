import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { acrRecord, notificationRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { acrRepositoryPush } from "./acr-repository-push.ts";

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["by the registry's log", acrRecord(), true],
  ["refused", acrRecord({ ResultDescription: "403" }), true],
  ["by webhook", notificationRecord({ request: { host: "prod.azurecr.io" } }), true],
  ["by digest alone", acrRecord({ Tag: "" }), true],
  [
    "a layer by webhook",
    notificationRecord({ request: { host: "prod.azurecr.io" } }, { mediaType: "application/octet-stream" }),
    false,
  ],
  ["a signature", acrRecord({ Tag: `sha256-${"0a".repeat(32)}.sig` }), false],
  ["a chart", acrRecord({ ArtifactType: "application/vnd.cncf.helm.config.v1+json" }), false],
  ["no repository", acrRecord({ Repository: "" }), false],
  ["a pull", acrRecord({ OperationName: "Pull" }), false],
  ["of another registry", notificationRecord(), false],
])("%s", ([, record, expected]) => {
  expect(fires(acrRepositoryPush, record)).toBe(expected);
});
