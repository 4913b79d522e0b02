import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { ecrReplicationChanged } from "./ecr-replication-changed.ts";

const ecr = (eventName: string, request: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", ...request },
    ...rest,
  });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  [
    "to another account",
    ecr("PutReplicationConfiguration", {
      repositoryName: undefined,
      replicationConfiguration: {
        rules: [{ destinations: [{ region: "eu-west-1", registryId: "444455556666" }] }],
      },
    }),
    true,
  ],
  ["switched off", ecr("PutReplicationConfiguration", { replicationConfiguration: { rules: [] } }), true],
  ["refused", ecr("PutReplicationConfiguration", {}, { errorCode: "AccessDeniedException" }), true],
  ["looked at", ecr("DescribeImageReplicationStatus"), false],
  ["of a bucket", ecr("PutReplicationConfiguration", {}, { eventSource: "s3.amazonaws.com" }), false],
])("%s", ([, record, expected]) => {
  expect(fires(ecrReplicationChanged, record)).toBe(expected);
});
