import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { awsImageSharedWithOrganisation } from "./aws-image-shared-with-organisation.ts";

const share = (parties: object[], rest: Record<string, unknown> = {}, change = "add") =>
  cloudTrailRecord({
    eventName: "ModifyImageAttribute",
    requestParameters: { imageId: "ami-0a", launchPermission: { [change]: { items: parties } } },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "an organisation",
    share([{ organizationArn: "arn:aws:organizations::111122223333:organization/o-1" }]),
    true,
  ],
  [
    "a unit of one",
    share([{ organizationalUnitArn: "arn:aws:organizations::111122223333:ou/o-1/ou-1" }]),
    true,
  ],
  ["in China", share([{ organizationArn: "arn:aws-cn:organizations::111122223333:organization/o-1" }]), true],
  [
    "refused",
    share([{ organizationArn: "arn:aws:organizations::1:organization/o-1" }], { errorCode: "x" }),
    true,
  ],
  [
    "taken from one",
    share([{ organizationArn: "arn:aws:organizations::1:organization/o-1" }], {}, "remove"),
    false,
  ],
  ["an account", share([{ userId: "444455556666" }]), false],
  ["everyone", share([{ group: "all" }]), false],
])("%s", ([, record, expected]) => {
  expect(fires(awsImageSharedWithOrganisation, record)).toBe(expected);
});
