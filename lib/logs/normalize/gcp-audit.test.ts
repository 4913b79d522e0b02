import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const IMAGE = "projects/shop-prod/global/images/web-42";
const REPOSITORY = "projects/shop-prod/locations/europe-west1/repositories/apps";
const DIGEST = `sha256:${"0d".repeat(32)}`;

function entry(payload: JsonObject, overrides: JsonObject = {}): JsonObject {
  return {
    insertId: "abc123",
    logName: "projects/shop-prod/logs/cloudaudit.googleapis.com%2Factivity",
    timestamp: "2026-03-04T09:12:33.123456789Z",
    receiveTimestamp: "2026-03-04T09:12:34Z",
    severity: "NOTICE",
    resource: { type: "gce_image", labels: { image_id: "1", project_id: "shop-prod" } },
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      serviceName: "compute.googleapis.com",
      methodName: "v1.compute.images.insert",
      resourceName: IMAGE,
      authenticationInfo: { principalEmail: "dana@example.com" },
      requestMetadata: {
        callerIp: "198.51.100.7",
        callerSuppliedUserAgent: "google-cloud-sdk gcloud/500,gzip(gfe)",
      },
      ...payload,
    },
    ...overrides,
  };
}

test("an image that is made", () => {
  const request = {
    name: "web-42",
    family: "web",
    sourceImage: `https://www.googleapis.com/compute/v1/projects/base/global/images/debian`,
  };
  expect(eventOf(entry({ request }))).toMatchObject({
    platform: "gcp",
    logSource: "gcp-audit",
    service: "compute.googleapis.com",
    operation: "v1.compute.images.insert",
    outcome: "success",
    occurredAt: new Date("2026-03-04T09:12:33.123Z"),
    actor: { kind: "person", key: "user/dana@example.com" },
    account: "shop-prod",
    sourceIp: "198.51.100.7",
    isExternal: true,
    nativeId: "abc123",
    images: [
      { kind: "machine-image", key: IMAGE, name: "web-42", role: "made", account: "shop-prod" },
      { key: "projects/base/global/images/debian", role: "source", account: "base" },
    ],
    details: { family: "web" },
  });
});

test.for([
  ["beta.compute.images.insert", "made"],
  ["alpha.compute.images.patch", "changed"],
  ["compute.images.get", "used"],
  ["v1.compute.images.deprecate", "changed"],
] as const)("%s, in any version: the image is %s", ([methodName, role]) => {
  expect(eventOf(entry({ methodName })).images).toMatchObject([{ role }]);
});

test("an image that is shared with everybody, and with one", () => {
  const share = (...members: string[]) =>
    eventOf(
      entry({
        methodName: "v1.compute.images.setIamPolicy",
        request: { policy: { bindings: [{ members, role: "r" }] } },
      }),
    );
  expect(share("allUsers")).toMatchObject({ images: [{ role: "shared" }], details: { sharedWith: ["all"] } });
  expect(share("user:eve@example.net").details).toEqual({ sharedWith: ["user:eve@example.net"] });
  expect(share()).toMatchObject({ images: [{ role: "changed" }], details: null });
});

describe("Artifact Registry", () => {
  const docker = (methodName: string, resourceName: string) =>
    eventOf(
      entry(
        { serviceName: "artifactregistry.googleapis.com", methodName, resourceName },
        { resource: { type: "audited_resource", labels: {} } },
      ),
    );
  test.for<[method: string, resource: string, expected: object]>([
    [
      "Docker-PutManifest",
      `${REPOSITORY}/dockerImages/web:1.4`,
      { role: "made", key: "europe-west1-docker.pkg.dev/shop-prod/apps/web", tag: "1.4" },
    ],
    [
      "Docker-FinishUpload",
      `${REPOSITORY}/dockerImages/team%2Fweb@${DIGEST}`,
      { role: "made", key: "europe-west1-docker.pkg.dev/shop-prod/apps/team/web", digest: DIGEST },
    ],
    ["Docker-GetManifest", `${REPOSITORY}/dockerImages/web`, { role: "used", tag: null }],
    ["Docker-DeleteTag", `${REPOSITORY}/packages/web/tags/1.4`, { role: "changed", tag: "1.4" }],
    [
      "google.devtools.artifactregistry.v1.ArtifactRegistry.SetIamPolicy",
      REPOSITORY,
      { role: "changed", key: "europe-west1-docker.pkg.dev/shop-prod/apps" },
    ],
    ["google.devtools.artifactregistry.v1.ArtifactRegistry.GetRepository", REPOSITORY, { role: "used" }],
    [
      "Docker-StartUpload",
      `${REPOSITORY}/dockerImages/%E0%A4%A`,
      { role: "made", name: "shop-prod/apps/%E0%A4%A" },
    ],
  ])("%s of %s", ([method, resource, expected]) => {
    expect(docker(method, resource).images).toMatchObject([expected]);
  });

  test("a resource of another form names nothing", () => {
    expect(docker("Docker-PutManifest", "projects/x").images).toEqual([]);
  });
});

test.for<[name: string, principalEmail: string, actor: object]>([
  ["a service account", "ci@shop-prod.iam.gserviceaccount.com", { kind: "workload", account: "shop-prod" }],
  ["an agent of Google", "service-12@gcp-sa-artifactregistry.iam.gserviceaccount.com", { kind: "service" }],
  ["the agent of a project", "12@cloudservices.gserviceaccount.com", { kind: "service" }],
  ["a default account", "12-compute@developer.gserviceaccount.com", { kind: "workload", account: null }],
])("%s", ([, principalEmail, actor]) => {
  expect(eventOf(entry({ authenticationInfo: { principalEmail } })).actor).toMatchObject(actor);
});

test.for<[name: string, payload: JsonObject, overrides: JsonObject, expected: object]>([
  ["an empty status", { status: {} }, {}, { outcome: "success", errorCode: null }],
  [
    "refused",
    { status: { code: 7, message: "no" } },
    {},
    { outcome: "failure", errorCode: "PERMISSION_DENIED" },
  ],
  ["not granted", { authorizationInfo: [{ granted: false }] }, {}, { outcome: "failure" }],
  ["begun", {}, { operation: { id: "op-1", first: true } }, { outcome: "unknown", correlationId: "op-1" }],
  ["ended", {}, { operation: { id: "op-1", last: true } }, { outcome: "success", correlationId: "op-1" }],
  [
    "the address by its other name",
    { requestMetadata: { callerIP: "gcp-internal-ip" } },
    {},
    { sourceIp: "gcp-internal-ip", isExternal: null },
  ],
])("%s", ([, payload, overrides, expected]) => {
  expect(eventOf(entry(payload, overrides))).toMatchObject(expected);
});

test("when it was received does not change the id", () => {
  expect(eventOf(entry({}, { receiveTimestamp: "2026-03-05T00:00:00Z" })).id).toBe(eventOf(entry({})).id);
  expect(eventOf(entry({}, { insertId: "x" })).id).not.toBe(eventOf(entry({})).id);
});

test("what is missing", () => {
  expect(normalize(entry({ methodName: null }))).toMatchObject({ reason: { reason: "no-operation" } });
  expect(normalize({ protoPayload: { methodName: "x" } })).toMatchObject({ reason: { reason: "no-time" } });
});
