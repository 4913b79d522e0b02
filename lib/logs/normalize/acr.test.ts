import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;
const RESOURCE =
  "/subscriptions/0A1B2C3D-0000-4000-8000-000000000001/resourceGroups/img/providers/Microsoft.ContainerRegistry/registries/Harbour";

/** A row of the table in a workspace. */
const row: JsonObject = {
  TenantId: "0a1b2c3d-0000-4000-8000-00000000000f",
  TimeGenerated: "2026-03-04T09:12:33.1234567Z",
  OperationName: "Push",
  Category: "ContainerRegistryRepositoryEvents",
  LoginServer: "Harbour.azurecr.io",
  Repository: "team/web",
  Tag: "1.4",
  Digest: DIGEST,
  MediaType: "application/vnd.docker.distribution.manifest.v2+json",
  Identity: "dana@example.com",
  CallerIpAddress: "198.51.100.7",
  UserAgent: "docker/27.1",
  ResultType: "HttpStatusCode",
  ResultDescription: "201",
  CorrelationId: "99999999-0000-4000-8000-000000000001",
  Region: "West Europe",
  Type: "ContainerRegistryRepositoryEvents",
  _ResourceId: RESOURCE,
};

/** The same by diagnostic settings. */
const diagnostic: JsonObject = {
  time: "2026-03-04T09:12:33.1234567Z",
  resourceId: RESOURCE.toUpperCase(),
  category: "ContainerRegistryRepositoryEvents",
  operationName: "Push",
  resultType: "HttpStatusCode",
  resultDescription: "201",
  callerIpAddress: "198.51.100.7",
  identity: "dana@example.com",
  correlationId: "99999999-0000-4000-8000-000000000001",
  region: "West Europe",
  properties: {
    loginServer: "harbour.azurecr.io",
    repository: "team/web",
    tag: "1.4",
    digest: DIGEST,
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    userAgent: "docker/27.1",
  },
};

test.for([
  ["a row of Log Analytics", row],
  ["by diagnostic settings", diagnostic],
  [
    "by diagnostic settings, its properties a text",
    { ...diagnostic, properties: JSON.stringify(diagnostic.properties) },
  ],
] as const)("a push, %s", ([, record]) => {
  expect(eventOf(record)).toMatchObject({
    platform: "azure",
    logSource: "acr",
    operation: "Push",
    outcome: "success",
    occurredAt: new Date("2026-03-04T09:12:33.123Z"),
    actor: { kind: "person", key: "user/dana@example.com" },
    account: "0a1b2c3d-0000-4000-8000-000000000001",
    sourceIp: "198.51.100.7",
    isExternal: true,
    userAgent: "docker/27.1",
    images: [
      { kind: "repository", key: "harbour.azurecr.io/team/web", role: "made", tag: "1.4", digest: DIGEST },
    ],
    details: { mediaType: "application/vnd.docker.distribution.manifest.v2+json" },
  });
});

describe("what else a registry logs", () => {
  test.for([
    ["Pull", "used"],
    ["Untag", "changed"],
    ["PurgeManifest", "changed"],
  ])("%s: the image is %s", ([OperationName = "", role]) => {
    expect(eventOf({ ...row, OperationName }).images).toMatchObject([{ role }]);
  });

  test("a sign-in names the registry", () => {
    const login = {
      ...row,
      OperationName: "Login",
      Category: "ContainerRegistryLoginEvents",
      Repository: "",
      ResultDescription: "401",
    };
    expect(eventOf({ ...login, Identity: "-" })).toMatchObject({
      operation: "Login",
      outcome: "failure",
      errorCode: "401",
      actor: null,
      images: [],
      subject: "registry:harbour.azurecr.io",
    });
  });

  test.for([
    ["Succeeded", "", "success"],
    ["", "", "unknown"],
    ["Failed", "denied", "failure"],
    ["403", "", "failure"],
  ])("the result %s %s is %s", ([ResultType = "", ResultDescription = "", outcome]) => {
    expect(eventOf({ ...row, ResultType, ResultDescription })).toMatchObject({ outcome });
  });

  test("a token of the registry is no person", () => {
    expect(eventOf({ ...row, Identity: "0a1b2c3d-0000-4000-8000-0000000000aa" }).actor).toMatchObject({
      kind: "workload",
    });
    expect(eventOf({ ...row, Identity: "ci-token" }).actor).toMatchObject({
      kind: "unknown",
      name: "ci-token",
    });
  });

  test("without an operation, or a time", () => {
    expect(normalize({ ...row, OperationName: "" })).toMatchObject({ reason: { reason: "no-operation" } });
    expect(normalize({ ...row, TimeGenerated: "soon" })).toMatchObject({
      reason: { reason: "no-time", detail: 'its time is "soon"' },
    });
  });
});
