import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const DIGEST = `sha256:${"0b".repeat(32)}`;

const push: JsonObject = {
  id: "11111111-2222-4333-8444-555555555555",
  timestamp: "2026-03-04T09:12:33.402973972-08:00",
  action: "push",
  target: {
    mediaType: "application/vnd.oci.image.index.v1+json",
    digest: DIGEST,
    size: 708,
    repository: "team/web",
    url: `https://registry.example.com:5000/v2/team/web/manifests/${DIGEST}`,
    tag: "1.4",
  },
  request: {
    id: "66666666-2222-4333-8444-555555555555",
    addr: "198.51.100.7:42961",
    host: "Registry.example.com:5000",
    method: "PUT",
    useragent: "docker/27.1",
  },
  actor: { name: "Dana" },
  source: { addr: "node-1:5000" },
};

test("a push to a registry", () => {
  expect(eventOf(push)).toMatchObject({
    platform: "container",
    logSource: "registry-notification",
    operation: "push",
    outcome: "success",
    occurredAt: new Date("2026-03-04T17:12:33.402Z"),
    actor: { key: "registry.example.com:5000/dana", name: "Dana" },
    sourceIp: "198.51.100.7:42961",
    isExternal: true,
    userAgent: "docker/27.1",
    correlationId: "66666666-2222-4333-8444-555555555555",
    images: [{ key: "registry.example.com:5000/team/web", role: "made", tag: "1.4", digest: DIGEST }],
  });
});

test("a layer of a push is no image", () => {
  const layer = {
    ...push,
    target: { ...(push.target as JsonObject), mediaType: "application/octet-stream" },
  };
  expect(eventOf(layer)).toMatchObject({
    images: [],
    subject: "registry:registry.example.com:5000",
    details: { mediaType: "application/octet-stream" },
  });
});

describe("Azure's registry", () => {
  const { actor: _, ...webhook }: JsonObject = {
    ...push,
    request: { id: "1", host: "harbour.azurecr.io", method: "PUT", useragent: "docker/27.1" },
  };
  const scope =
    "/subscriptions/0A1B2C3D-0000-4000-8000-000000000001/resourceGroups/img/providers/Microsoft.ContainerRegistry/registries/harbour";
  test.for<[name: string, record: JsonObject, account: string | null]>([
    ["a webhook", webhook, null],
    [
      "Event Grid, as CloudEvents",
      {
        id: "2",
        source: scope,
        type: "Microsoft.ContainerRegistry.ImagePushed",
        time: "2026-03-04T09:12:33Z",
        data: webhook,
        specversion: "1.0",
      },
      "0a1b2c3d-0000-4000-8000-000000000001",
    ],
    [
      "Event Grid, in its own schema",
      {
        id: "3",
        topic: scope,
        eventType: "Microsoft.ContainerRegistry.ImagePushed",
        eventTime: "2026-03-04T09:12:33Z",
        data: webhook,
      },
      "0a1b2c3d-0000-4000-8000-000000000001",
    ],
  ])("%s", ([, record, account]) => {
    expect(eventOf(record)).toMatchObject({
      platform: "azure",
      service: "microsoft.containerregistry",
      operation: "push",
      account,
      actor: null,
      sourceIp: null,
      isExternal: null,
      images: [{ key: "harbour.azurecr.io/team/web", role: "made" }],
    });
  });
});

test.for([
  ["pull", "used"],
  ["delete", "changed"],
  ["mount", "changed"],
])("%s: the image is %s", ([action = "", role]) => {
  expect(eventOf({ ...push, action }).images).toMatchObject([{ role }]);
});

test("what is missing", () => {
  expect(normalize({ ...push, action: "" })).toMatchObject({ reason: { reason: "no-operation" } });
  expect(normalize({ ...push, timestamp: null })).toMatchObject({ reason: { reason: "no-time" } });
  expect(normalize({ target: push.target ?? null })).toMatchObject({ reason: { reason: "unknown-log" } });
});
