import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { gcpRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { garPushOpened } from "./gar-push-opened.ts";

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
  ["a writer", policy("roles/artifactregistry.writer", ["user:eve@example.org"]), true],
  ["everyone an admin", policy("roles/artifactregistry.repoAdmin", ["allUsers"]), true],
  ["create on push", policy("roles/artifactregistry.createOnPushWriter", ["user:lee@example.com"]), true],
  [
    "refused",
    policy("roles/artifactregistry.writer", ["user:lee@example.com"], { status: { code: 7 } }),
    true,
  ],
  ["a reader", policy("roles/artifactregistry.reader", ["allUsers"]), false],
  ["nobody", policy("roles/artifactregistry.writer", []), false],
  [
    "taken away",
    artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.SetIamPolicy", {
      serviceData: {
        policyDelta: {
          bindingDeltas: [
            { action: "REMOVE", role: "roles/artifactregistry.writer", member: "user:lee@example.com" },
          ],
        },
      },
    }),
    false,
  ],
  ["looked at", artifact("google.devtools.artifactregistry.v1.ArtifactRegistry.GetIamPolicy"), false],
])("%s", ([, record, expected]) => {
  expect(fires(garPushOpened, record)).toBe(expected);
});
