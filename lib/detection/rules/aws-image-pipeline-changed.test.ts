import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImagePipelineChanged } from "./aws-image-pipeline-changed.ts";

const call = (eventName: string, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({ eventName, ...rest });

const BUILDER = { eventSource: "imagebuilder.amazonaws.com" };

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["a component", call("CreateComponent", BUILDER), true],
  ["a component brought in", call("ImportComponent", BUILDER), true],
  ["a recipe", call("CreateImageRecipe", BUILDER), true],
  ["a pipeline", call("UpdateImagePipeline", BUILDER), true],
  [
    "a distribution, refused",
    call("UpdateDistributionConfiguration", { ...BUILDER, errorCode: "AccessDenied" }),
    true,
  ],
  ["looked at", call("GetComponent", BUILDER), false],
  ["listed", call("ListImagePipelines", BUILDER), false],
  ["a component of Greengrass", call("CreateComponent", { eventSource: "greengrass.amazonaws.com" }), false],
  ["the image that comes of it has its own rule", call("CreateImage"), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImagePipelineChanged, record)).toBe(expected);
});
