import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord, eventOf, nested } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const subscription = "0a1b2c3d-0000-4000-8000-000000000001";
const imageId = `/subscriptions/${subscription}/resourcegroups/images/providers/microsoft.compute/images/web-base`;
const upn = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

const rest: JsonObject = {
  authorization: { action: "Microsoft.Compute/images/write", scope: imageId },
  caller: "dana@example.com",
  claims: { [upn]: "dana@example.com", appid: "355249ed-15d9-460d-8481-84026b065942" },
  correlationId: "99999999-0000-4000-8000-000000000001",
  eventDataId: "d0d36f97-0000-4000-8000-000000000001",
  eventName: { value: "EndRequest", localizedValue: "End request" },
  eventTimestamp: "2026-03-04T09:12:33.1234567Z",
  httpRequest: { clientIpAddress: "198.51.100.7:50123", method: "PUT" },
  operationName: { value: "Microsoft.Compute/images/write", localizedValue: "Create or Update Image" },
  resourceId: imageId,
  status: { value: "Succeeded", localizedValue: "Succeeded" },
  subStatus: { value: "", localizedValue: "" },
  subscriptionId: subscription,
};

const workspace: JsonObject = {
  TenantId: "aaaaaaaa-0000-4000-8000-000000000001",
  Type: "AzureActivity",
  _ItemId: "one",
  TimeGenerated: "2026-03-04T09:12:33.1234567Z",
  OperationName: "Create or Update Image",
  OperationNameValue: "MICROSOFT.COMPUTE/IMAGES/WRITE",
  ActivityStatusValue: "Success",
  Caller: "dana@example.com",
  CallerIpAddress: "198.51.100.7",
  Claims: JSON.stringify({ [upn]: "dana@example.com" }),
  CorrelationId: "99999999-0000-4000-8000-000000000001",
  SubscriptionId: subscription,
  _ResourceId: imageId,
};

describe("the three forms tell the same", () => {
  test.for<[name: string, record: JsonObject, sourceIp: string]>([
    ["the REST API", rest, "198.51.100.7:50123"],
    ["diagnostic settings", azureRecord(), "198.51.100.7"],
    ["Log Analytics", workspace, "198.51.100.7"],
  ])("%s", ([, record, sourceIp]) => {
    const event = eventOf(record);
    expect(event).toMatchObject({
      platform: "azure",
      service: "microsoft.compute",
      outcome: "success",
      account: subscription,
      region: null,
      sourceIp,
      isExternal: true,
      correlationId: "99999999-0000-4000-8000-000000000001",
      actor: { kind: "person", key: "user/dana@example.com" },
      images: [{ kind: "managed-image", key: imageId, name: "web-base", role: "made" }],
    });
    expect(event.occurredAt.toISOString()).toBe("2026-03-04T09:12:33.123Z");
  });
});

describe("the outcome of an operation", () => {
  test.for<[result: Record<string, unknown>, outcome: string]>([
    [{ resultType: "Success" }, "success"],
    [{ resultType: "Succeeded" }, "success"],
    [{ resultType: "0" }, "success"],
    [{ resultType: 0 }, "success"],
    [{ resultType: "Failed" }, "failure"],
    [{ resultType: "Failure" }, "failure"],
    [{ resultType: "Start" }, "unknown"],
    [{ resultType: "Accepted" }, "unknown"],
    [{ resultType: "Active" }, "unknown"],
    [{ resultType: undefined, resultSignature: undefined }, "unknown"],
    [{ resultType: undefined, resultSignature: "Succeeded.Created" }, "success"],
    [{ resultType: undefined, resultSignature: "Started." }, "unknown"],
    [{ resultType: undefined, resultSignature: "200" }, "success"],
    [{ resultType: undefined, resultSignature: "202" }, "unknown"],
    [{ resultType: undefined, resultSignature: "403" }, "failure"],
    [{ resultType: "Start", resultSignature: "Succeeded.Created" }, "unknown"],
  ])("%j: %s", ([result, outcome]) => {
    expect(eventOf(azureRecord(result)).outcome).toBe(outcome);
  });

  test("a failure says why", () => {
    const event = eventOf(azureRecord({ resultType: "Failed", resultSignature: "Failed.Forbidden" }));
    expect(event.errorCode).toBe("Failed.Forbidden");
  });
});

describe("the caller", () => {
  const app = "1b2c3d4e-0000-4000-8000-00000000000a";
  test.for<[name: string, overrides: Record<string, unknown>, key: string | null, kind: string | null]>([
    ["a person's name counts, not the application they use", {}, "user/dana@example.com", "person"],
    ["an application", { identity: { claims: { appid: app, idtyp: "app" } } }, `id/${app}`, "workload"],
    [
      "an identity in a text of JSON",
      { identity: JSON.stringify({ claims: { upn: "Eve@example.com" } }) },
      "user/eve@example.com",
      "person",
    ],
    ["an identity that is a plain text", { identity: "Eve@example.com" }, "user/eve@example.com", "person"],
    ["no identity", { identity: undefined }, null, null],
    ["an empty identity", { identity: {} }, null, null],
    [
      "a principal known by its id alone",
      { identity: { authorization: { evidence: { principalId: app, principalType: "ServicePrincipal" } } } },
      `id/${app}`,
      "workload",
    ],
  ])("%s", ([, overrides, key, kind]) => {
    const { actor } = eventOf(azureRecord(overrides));
    expect(actor?.key ?? null).toBe(key);
    expect(actor?.kind ?? null).toBe(kind);
  });
});

describe("what was acted on", () => {
  const registry = `/subscriptions/${subscription}/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/Prod`;
  const importImage = "Microsoft.ContainerRegistry/registries/importImage/action";
  const request = {
    source: { registryUri: "docker.io", sourceImage: "library/nginx:1" },
    targetTags: ["Base/nginx:1"],
  };
  test.for<[name: string, overrides: Record<string, unknown>, expected: object[]]>([
    [
      "an import names repository and tag in its request",
      {
        operationName: importImage,
        resourceId: registry,
        properties: { requestbody: JSON.stringify(request) },
      },
      [{ key: "prod.azurecr.io/base/nginx", tag: "1", role: "made" }],
    ],
    [
      "the request may be an object",
      { operationName: importImage, resourceId: registry, properties: { requestBody: request } },
      [{ key: "prod.azurecr.io/base/nginx", tag: "1", role: "made" }],
    ],
    [
      "an import without its request names the registry",
      { operationName: importImage, resourceId: registry },
      [{ key: "prod.azurecr.io", tag: null, role: "made" }],
    ],
    [
      "a capture names the machine",
      {
        operationName: "Microsoft.Compute/virtualMachines/capture/action",
        resourceId: `/subscriptions/${subscription}/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/VM1`,
      },
      [{ kind: "virtual-machine", name: "vm1", role: "source" }],
    ],
    [
      "a delete changes",
      { operationName: "Microsoft.Compute/images/delete" },
      [{ key: imageId, role: "changed" }],
    ],
    ["an operation on something else", { operationName: "Microsoft.Network/virtualNetworks/write" }, []],
    [
      "a request that is no JSON",
      { operationName: importImage, resourceId: "", properties: { requestbody: "{" } },
      [],
    ],
  ])("%s", ([, overrides, expected]) => {
    expect(eventOf(azureRecord(overrides)).images).toMatchObject(expected);
  });
});

test("what a workspace adds to a row does not make another event of it", () => {
  const exported = { ...workspace, _ItemId: "two", TenantId: "bbbbbbbb-0000-4000-8000-000000000001" };
  expect(eventOf(exported).id).toBe(eventOf(workspace).id);
});

describe("a record is rejected only without a readable time or operation", () => {
  test.for<[name: string, record: JsonObject, reason: string]>([
    ["no time", azureRecord({ time: "redacted" }), "no-time"],
    ["no operation", azureRecord({ operationName: null }), "no-operation"],
    ["an operation in an empty object", { ...rest, operationName: { value: null } }, "no-operation"],
    ["a row without a time", { ...workspace, TimeGenerated: null }, "no-time"],
    ["a time of absurd depth", { ...azureRecord(), time: nested(20_000) }, "no-time"],
    ["an operation of absurd depth", { ...azureRecord(), operationName: nested(20_000) }, "no-operation"],
    [
      "a wrapped operation of absurd depth",
      { ...rest, operationName: { value: nested(20_000) } },
      "no-operation",
    ],
    ["a row's time of absurd depth", { ...workspace, TimeGenerated: nested(20_000) }, "no-time"],
    [
      "a row's operation of absurd depth",
      { ...workspace, OperationNameValue: nested(20_000) },
      "no-operation",
    ],
    [
      "a directory's sign-in log is not the Activity Log",
      azureRecord({ operationName: "Sign-in activity" }),
      "unknown-log",
    ],
  ])("%s", ([, record, reason]) => {
    expect(normalize(record)).toMatchObject({ ok: false, reason: { reason } });
  });
});

test.for<[text: string, iso: string]>([
  ["1/9/2007 9:41:00 AM", "2007-01-09T09:41:00.000Z"],
  ["2026-03-04T09:12:33.123456789+01:00", "2026-03-04T08:12:33.123Z"],
])("the time %s", ([time, iso]) => {
  expect(eventOf(azureRecord({ time })).occurredAt.toISOString()).toBe(iso);
});
