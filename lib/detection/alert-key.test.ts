import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord, cloudTrailRecord, eventOf } from "#lib/logs/normalize/fixtures.ts";
import { alertKey } from "./alert-key.ts";

const request = { source: { sourceImage: "library/nginx:1" }, targetTags: ["web/nginx:1"] };
const registryRow = (overrides: Record<string, unknown>) =>
  azureRecord({
    operationName: "Microsoft.ContainerRegistry/registries/importImage/action",
    resourceId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/Prod",
    ...overrides,
  });

describe("the rows of one registry operation are one alert, whatever each of them names", () => {
  const start = registryRow({ resultType: "Start", properties: { requestbody: JSON.stringify(request) } });
  test.for<[name: string, row: JsonObject]>([
    ["the first row, with its request", start],
    ["the last row, without", registryRow({ resultType: "Success" })],
    [
      "a row that names another repository",
      registryRow({ properties: { requestbody: { targetTags: ["api:2"] } } }),
    ],
  ])("%s", ([, row]) => {
    const key = alertKey(eventOf(row), "container-push");
    expect(key).toEqual(alertKey(eventOf(start), "container-push"));
    expect(key).toMatchObject({ subject: "prod.azurecr.io", account: "" });
  });

  test("the repository stays an image that was touched", () => {
    expect(eventOf(start).images).toMatchObject([
      { key: "prod.azurecr.io/web/nginx", tag: "1", role: "made" },
    ]);
  });
});

test.for<[name: string, event: JsonObject, subject: string]>([
  [
    "a push is about its repository",
    cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      requestParameters: { repositoryName: "prod/api" },
    }),
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api",
  ],
  [
    "a call that names no image is about what it names instead",
    cloudTrailRecord({ eventName: "CreateImage", requestParameters: { instanceId: "i-1" } }),
    "instance:i-1",
  ],
  [
    "a call that changes how images are built is about what it changes",
    cloudTrailRecord({
      eventSource: "imagebuilder.amazonaws.com",
      eventName: "UpdateImagePipeline",
      requestParameters: {
        imagePipelineArn: "arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/golden",
      },
    }),
    "name:image-pipeline/golden",
  ],
  [
    "a call on a registry as a whole is about the registry",
    cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName: "PutReplicationConfiguration",
      requestParameters: {},
    }),
    "registry:111122223333.dkr.ecr.eu-west-1.amazonaws.com",
  ],
  [
    "a call that names nothing is about its actor",
    cloudTrailRecord({ eventName: "CreateImage" }),
    "actor:111122223333/role/ci",
  ],
])("%s", ([, record, subject]) => {
  expect(alertKey(eventOf(record), "container-push").subject).toBe(subject);
});
