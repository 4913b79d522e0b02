import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garRepositoryChanged } from "./gar-repository-changed.ts";

const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const artifact = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "artifactregistry.googleapis.com",
    methodName,
    resourceName: `${REPOSITORY}/dockerImages/web:1.4`,
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "changed",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.UpdateRepository", {
      resourceName: REPOSITORY,
    }),
    true,
  ],
  ["a rule taken away", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.DeleteRule"), true],
  [
    "refused",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.UpdateRepository", {
      status: { code: 7 },
    }),
    true,
  ],
  ["looked at", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.GetRepository"), false],
  ["a new one", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.CreateRepository"), false],
])("%s", ([, record, expected]) => {
  expect(fires(garRepositoryChanged, record)).toBe(expected);
});
