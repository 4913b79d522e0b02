import { expect, test } from "vitest";
import { cloudTrailRecord, eventOf } from "./fixtures.ts";

test("an insight is an event of its own kind, and never the call that it tells of", () => {
  const record = cloudTrailRecord({
    eventName: undefined,
    eventSource: undefined,
    userIdentity: undefined,
    eventType: "AwsCloudTrailInsight",
    insightDetails: {
      state: "Start",
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      insightType: "ApiCallRateInsight",
    },
  });
  expect(eventOf(record)).toMatchObject({
    operation: "AwsCloudTrailInsight",
    service: "ecr.amazonaws.com",
    outcome: "unknown",
    actor: null,
    images: [],
    details: { insight: "ApiCallRateInsight", unusualCall: "PutImage", state: "Start" },
  });
});

test.for(["protoPayload", "protopayload", "protopayload_auditlog"])(
  "a payload of Google's called %s",
  (name) => {
    const event = eventOf({
      insertid: "i-1",
      logname: "projects/shop/logs/cloudaudit.googleapis.com%2Factivity",
      timestamp: "2026-03-04 09:12:33.123456 UTC",
      [name]: {
        serviceName: "compute.googleapis.com",
        methodName: "beta.compute.images.insert",
        resourceName: "projects/shop/global/images/base",
        authenticationInfo: { principalEmail: "dana@example.com" },
      },
    });
    expect(event).toMatchObject({
      logSource: "gcp-audit",
      occurredAt: new Date("2026-03-04T09:12:33.123Z"),
      account: "shop",
      nativeId: "i-1",
      images: [{ key: "projects/shop/global/images/base", role: "made" }],
    });
  },
);

test("of a call that lists very many images the first count, each once", () => {
  const items = Array.from({ length: 2000 }, (_, at) => ({ imageId: `ami-${Math.floor(at / 2)}` }));
  const event = eventOf(
    cloudTrailRecord({
      eventSource: "ec2.amazonaws.com",
      eventName: "RunInstances",
      requestParameters: { instancesSet: { items } },
    }),
  );
  expect(event.images).toHaveLength(200);
  expect(event.images.at(-1)?.name).toBe("ami-199");
});
