import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageSharedWithAccount } from "./aws-image-shared-with-account.ts";

const share = (parties: object[], rest: Record<string, unknown> = {}, change = "add") =>
  cloudTrailRecord({
    eventName: "ModifyImageAttribute",
    requestParameters: { imageId: "ami-0a", launchPermission: { [change]: { items: parties } } },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["shared with a foreign account", share([{ userId: "444455556666" }]), true],
  [
    "with its own and a foreign account",
    share([{ userId: "111122223333" }, { userId: "444455556666" }]),
    true,
  ],
  ["refused", share([{ userId: "444455556666" }], { errorCode: "Client.UnauthorizedOperation" }), true],
  ["shared with its own account", share([{ userId: "111122223333" }]), false],
  ["taken from an account", share([{ userId: "444455556666" }], {}, "remove"), false],
  ["shared with everyone", share([{ group: "all" }]), false],
  [
    "shared with an organisation",
    share([{ organizationArn: "arn:aws:organizations::111122223333:organization/o-1" }]),
    false,
  ],
  [
    "by another service",
    share([{ userId: "444455556666" }], { eventSource: "appstream.amazonaws.com" }),
    false,
  ],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageSharedWithAccount, record)).toBe(expected);
});
