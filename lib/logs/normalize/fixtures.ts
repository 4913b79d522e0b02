import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { LogEvent } from "./event.ts";
import { normalize } from "./normalize.ts";

/** A CloudTrail record as CloudTrail would write it; `overrides` replaces top-level fields, `undefined` removes one. */
export function cloudTrailRecord(overrides: Record<string, unknown> = {}): JsonObject {
  const record = {
    eventVersion: "1.09",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEEXAMPLE001:build-42",
      arn: "arn:aws:sts::111122223333:assumed-role/ci/build-42",
      accountId: "111122223333",
      accessKeyId: "ASIAEXAMPLEEXAMPLE01",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLEEXAMPLE001",
          arn: "arn:aws:iam::111122223333:role/automation/ci",
          accountId: "111122223333",
          userName: "ci",
        },
        attributes: { creationDate: "2026-03-04T09:00:00Z", mfaAuthenticated: "false" },
      },
    },
    eventTime: "2026-03-04T09:12:33Z",
    eventSource: "ec2.amazonaws.com",
    eventName: "DescribeImages",
    awsRegion: "eu-west-1",
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.17.32",
    requestParameters: null,
    responseElements: null,
    requestID: "11111111-2222-4333-8444-555555555555",
    eventID: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111122223333",
    eventCategory: "Management",
    ...overrides,
  };
  return JSON.parse(JSON.stringify(record)) as JsonObject;
}

/** An Activity Log record in the form of diagnostic settings. */
export function azureRecord(overrides: Record<string, unknown> = {}): JsonObject {
  const record = {
    time: "2026-03-04T09:12:33.1234567Z",
    resourceId:
      "/SUBSCRIPTIONS/0A1B2C3D-0000-4000-8000-000000000001/RESOURCEGROUPS/IMAGES/PROVIDERS/MICROSOFT.COMPUTE/IMAGES/WEB-BASE",
    operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
    category: "Administrative",
    resultType: "Success",
    resultSignature: "Succeeded.Created",
    durationMs: "0",
    callerIpAddress: "198.51.100.7",
    correlationId: "99999999-0000-4000-8000-000000000001",
    identity: {
      claims: { "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": "Dana@example.com", appid: "x" },
    },
    level: "Information",
    ...overrides,
  };
  return JSON.parse(JSON.stringify(record)) as JsonObject;
}

/** Lists in lists, `depth` of them. */
export function nested(depth: number): JsonValue {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth)) as JsonValue;
}

/** The event of a record that is known to be one. */
export function eventOf(record: JsonObject): LogEvent {
  const event = normalize(record);
  if (!event.ok) throw new Error(`${event.reason.reason}: ${event.reason.detail}`);
  return event.value;
}
