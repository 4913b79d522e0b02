import { expect, test } from "vitest";
import { azureRecord, cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsMachineImage } from "./aws-machine-image.ts";

test.for(["CreateImage", "RegisterImage", "CopyImage", "ImportImage", "ModifyImageAttribute"])(
  "%s of EC2 fires",
  (eventName) => {
    expect(fires(awsMachineImage, cloudTrailRecord({ eventName }))).toBe(true);
  },
);

test.for<[name: string, overrides: Record<string, unknown>, expected: boolean]>([
  [
    "a call that failed is an attempt",
    { eventName: "CreateImage", errorCode: "UnauthorizedOperation" },
    true,
  ],
  ["a call without an identity", { eventName: "CreateImage", userIdentity: undefined }, true],
  ["a call without parameters", { eventName: "RegisterImage", requestParameters: null }, true],
  ["AppStream's CreateImage", { eventName: "CreateImage", eventSource: "appstream.amazonaws.com" }, false],
  [
    "Image Builder's ImportImage",
    { eventName: "ImportImage", eventSource: "imagebuilder.amazonaws.com" },
    false,
  ],
  ["a call of no known service", { eventName: "CreateImage", eventSource: undefined }, false],
  ["another case", { eventName: "createimage" }, false],
  ["DescribeImages", { eventName: "DescribeImages" }, false],
  ["DescribeImageAttribute", { eventName: "DescribeImageAttribute" }, false],
  ["DeregisterImage", { eventName: "DeregisterImage" }, false],
  ["a snapshot's attribute", { eventName: "ModifySnapshotAttribute" }, false],
])("%s", ([, overrides, expected]) => {
  expect(fires(awsMachineImage, cloudTrailRecord(overrides))).toBe(expected);
});

test("an Azure record with an AWS operation's name", () => {
  expect(fires(awsMachineImage, azureRecord({ operationName: "ec2.amazonaws.com/CreateImage" }))).toBe(false);
});
