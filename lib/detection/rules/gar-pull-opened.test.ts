import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garPullOpened } from "./gar-pull-opened.ts";

const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const artifact = (methodName: string, rest: Record<string, unknown> = {}) =>
  gcpRecord({
    serviceName: "artifactregistry.googleapis.com",
    methodName,
    resourceName: `${REPOSITORY}/dockerImages/web:1.4`,
    ...rest,
  });

const policy = (role: string, members: string[], rest: Record<string, unknown> = {}) =>
  artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.SetIamPolicy", {
    resourceName: REPOSITORY,
    request: { policy: { bindings: [{ role, members }] } },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["everyone", policy("roles/artifactregistry.reader", ["allUsers"]), true],
  [
    "another project",
    policy("roles/artifactregistry.reader", ["serviceAccount:x@other.iam.gserviceaccount.com"]),
    true,
  ],
  ["refused", policy("roles/artifactregistry.reader", ["allUsers"], { status: { code: 7 } }), true],
  ["a colleague", policy("roles/artifactregistry.reader", ["user:lee@example.com"]), false],
  [
    "the project's own account",
    policy("roles/artifactregistry.writer", ["serviceAccount:ci@shop-prod.iam.gserviceaccount.com"]),
    false,
  ],
  ["no request", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.SetIamPolicy"), false],
])("%s", ([, record, expected]) => {
  expect(fires(garPullOpened, record)).toBe(expected);
});
