import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageSharedWithEveryone } from "./aws-image-shared-with-everyone.ts";

const share = (parties: object[], rest: Record<string, unknown> = {}, change = "add") =>
  cloudTrailRecord({
    eventName: "ModifyImageAttribute",
    requestParameters: { imageId: "ami-0a", launchPermission: { [change]: { items: parties } } },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["shared with everyone", share([{ group: "all" }]), true],
  ["with everyone and an account", share([{ userId: "444455556666" }, { group: "all" }]), true],
  ["refused", share([{ group: "all" }], { errorCode: "Client.UnauthorizedOperation" }), true],
  ["taken from everyone", share([{ group: "all" }], {}, "remove"), false],
  ["shared with an account", share([{ userId: "444455556666" }]), false],
  [
    "a description",
    cloudTrailRecord({
      eventName: "ModifyImageAttribute",
      requestParameters: { imageId: "ami-0a", description: { value: "all" } },
    }),
    false,
  ],
  ["a snapshot", share([{ group: "all" }], { eventName: "ModifySnapshotAttribute" }), false],
  ["no parameters", share([], { requestParameters: null }), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageSharedWithEveryone, record)).toBe(expected);
});
