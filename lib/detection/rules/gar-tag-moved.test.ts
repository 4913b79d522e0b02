import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garTagMoved } from "./gar-tag-moved.ts";

const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const artifact = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "artifactregistry.googleapis.com",
    methodName,
    resourceName: `${REPOSITORY}/dockerImages/web:1.4`,
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["set", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.CreateTag"), true],
  ["moved", artifact("google.devtools.artifactregistry.v1beta2.ArtifactRegistry.UpdateTag"), true],
  [
    "refused",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.UpdateTag", { status: { code: 7 } }),
    true,
  ],
  ["taken away", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.DeleteTag"), false],
  [
    "of another service",
    artifact("google.cloud.datacatalog.v1.DataCatalog.CreateTag", {
      serviceName: "datacatalog.googleapis.com",
    }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(garTagMoved, record)).toBe(expected);
});
