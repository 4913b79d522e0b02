import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garImagesDeleted } from "./gar-images-deleted.ts";

const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const artifact = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "artifactregistry.googleapis.com",
    methodName,
    resourceName: `${REPOSITORY}/dockerImages/web:1.4`,
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a tag", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.DeleteTag"), true],
  [
    "a repository",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.DeleteRepository", {
      resourceName: REPOSITORY,
    }),
    true,
  ],
  ["a manifest by a client", artifact("Docker-DeleteManifest"), true],
  [
    "refused",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.DeletePackage", { status: { code: 7 } }),
    true,
  ],
  ["a layer by a client", artifact("Docker-DeleteBlob"), false],
  ["a push given up", artifact("Docker-CancelUpload"), false],
  ["pushed", artifact("Docker-PutManifest"), false],
])("%s", ([, record, expected]) => {
  expect(fires(garImagesDeleted, record)).toBe(expected);
});
