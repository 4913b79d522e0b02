import type { JsonObject } from "#lib/json.ts";
import { azureRecord, cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 2, 4, 5, 30);
const ECR = "ecr.amazonaws.com";

/**
 * Records that make the grouping work hard: several actors on one image, windows that touch, start and end rows, copies in
 * two accounts, failures, names that differ in case, native ids that repeat.
 */
export function trickyRecords(): JsonObject[] {
  return [...pushes(), ...machineImages(), ...managedImages(), ...bystanders()];
}

function time(hours: number): string {
  return new Date(START + hours * HOUR_MS).toISOString();
}

function session(role: string, name: string): Record<string, unknown> {
  return {
    type: "AssumedRole",
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
    accountId: "111122223333",
    accessKeyId: `ASIA${role.toUpperCase()}`,
  };
}

function pushes(): JsonObject[] {
  const records: JsonObject[] = [];
  for (let at = 0; at < 12; at++) {
    const userIdentity = session(at % 3 === 0 ? "release" : "ci", `run-${at}`);
    const eventTime = time(at * 0.7);
    const repositoryName = at % 4 === 0 ? "prod/web" : "prod/api";
    const push = {
      eventSource: ECR,
      eventTime,
      userIdentity,
      sourceIPAddress: at % 5 === 0 ? "198.51.100.7" : "AWS Internal",
    };
    const request = { registryId: "111122223333", repositoryName };
    records.push(
      cloudTrailRecord({ ...push, eventName: "InitiateLayerUpload", requestParameters: request }),
      cloudTrailRecord({
        ...push,
        eventName: "PutImage",
        requestParameters: { ...request, imageTag: `1.${at}` },
        ...(at % 6 === 5 && { errorCode: "ImageTagAlreadyExistsException" }),
      }),
    );
  }
  return records;
}

function machineImages(): JsonObject[] {
  const share = (party: object) => ({ imageId: "ami-0A", launchPermission: { add: { items: [party] } } });
  const call = {
    sharedEventID: "77777777-0000-4000-8000-000000000001",
    eventName: "ModifyImageAttribute",
    eventTime: time(3),
  };
  return [
    cloudTrailRecord({
      eventName: "CreateImage",
      eventTime: time(1),
      requestParameters: { instanceId: "i-1", name: "web" },
      responseElements: { imageId: "ami-0a" },
    }),
    cloudTrailRecord({ ...call, requestParameters: share({ group: "all" }) }),
    cloudTrailRecord({ ...call, requestParameters: share({ group: "all" }), eventID: "other-copy" }),
    cloudTrailRecord({
      eventName: "CopyImage",
      eventTime: time(30),
      requestParameters: { sourceImageId: "ami-0a", sourceRegion: "eu-west-1" },
    }),
    cloudTrailRecord({
      eventName: "CreateImage",
      eventTime: time(2),
      errorCode: "UnauthorizedOperation",
      requestParameters: { instanceId: "i-1" },
    }),
    cloudTrailRecord({
      eventName: "CreateImage",
      eventTime: time(2),
      userIdentity: undefined,
      requestParameters: null,
      responseElements: null,
    }),
  ];
}

function managedImages(): JsonObject[] {
  const rows = ["Start", "Accept", "Success"].map((resultType, at) =>
    azureRecord({ time: time(4 + at / 100), resultType }),
  );
  const refused = ["Start", "Failed"].map((resultType, at) =>
    azureRecord({
      time: time(5 + at / 100),
      resultType,
      correlationId: "99999999-0000-4000-8000-000000000002",
    }),
  );
  const erased = azureRecord({
    time: time(6),
    operationName: "Microsoft.Compute/images/delete",
    correlationId: undefined,
  });
  return [...rows, ...refused, erased];
}

function bystanders(): JsonObject[] {
  return Array.from({ length: 10 }, (_, at) =>
    cloudTrailRecord({
      eventName: "DescribeImages",
      eventTime: time(at),
      userIdentity: session(`Role${at % 3}`, "x"),
      userAgent: at === 4 ? "nul\u0000 and half \ud83d of a pair" : `agent ${at}`,
    }),
  );
}
