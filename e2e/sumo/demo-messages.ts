import { type Caller, dana, iamUser, role } from "#lib/emulation/callers.ts";
import { CloudTrailLog, MINUTE_MS, REGION } from "#lib/emulation/cloudtrail-log.ts";
import { Random } from "#lib/emulation/random.ts";
import type { LoadedMessage } from "./message.ts";

const SUBSCRIPTION = "/SUBSCRIPTIONS/0A1B2C3D-0000-4000-8000-000000000002/RESOURCEGROUPS/RG-IMAGES/PROVIDERS";

/** The source categories that the demonstration's connection asks for. */
export const DEMO_CATEGORIES = { aws: ["aws/cloudtrail"], azure: ["azure/activity"] };

/**
 * What an organisation logs in one minute, counted from the epoch. Always the same for the same minute, so that a
 * stand-in that is started again holds what it held. All of it is received before the minute's end.
 */
export function messagesOfMinute(minute: number): LoadedMessage[] {
  const random = new Random(minute);
  const start = minute * MINUTE_MS;
  const log = new CloudTrailLog(random, new Date(start + MINUTE_MS / 2));
  bystander(log, start);
  if (minute % 2 === 0) pipelinePush(log, start);
  if (minute % 23 === 0) goldenImage(log, start);
  if (minute % 31 === 0) strangeShare(log, start);
  const received = start + MINUTE_MS - 1 - random.below(20_000);
  const aws = log.records().map((record) => ({
    raw: JSON.stringify(record),
    messageTime: Date.parse(String(record.eventTime)),
    receiptTime: received,
    sourceCategory: "aws/cloudtrail",
  }));
  return minute % 29 === 0 ? [...aws, azureImage(random, start, received)] : aws;
}

function bystander(log: CloudTrailLog, start: number): void {
  const [eventSource, eventName] = log.random.pick([
    ["ec2.amazonaws.com", "DescribeInstances"],
    ["ecr.amazonaws.com", "BatchGetImage"],
    ["s3.amazonaws.com", "GetBucketAcl"],
  ] as const);
  const caller = log.random.pick([role("monitoring", "scanner", "10.20.4.17"), dana()]);
  log.add(start + 5000, caller, { eventSource, eventName });
}

function pipelinePush(log: CloudTrailLog, start: number): void {
  const repository = log.random.pick(["prod/api", "prod/web", "base/node", "tools/report", "shop/cart"]);
  const caller = role("ci", `build-${1000 + log.random.below(9000)}`, "AWS Internal");
  log.push(start + 2000, caller, repository, `2.${log.random.below(40)}.${log.random.below(9)}`, 2);
}

function goldenImage(log: CloudTrailLog, start: number): void {
  const caller = role("image-builder", "i-0c0ffee0000000001", "10.20.9.3");
  createImage(log, start + 10_000, caller, `golden-${new Date(start).toISOString().slice(0, 16)}`);
}

/** Somebody with a forgotten key makes an image of a machine, and shares it with everybody. */
function strangeShare(log: CloudTrailLog, start: number): void {
  const agent = "Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux";
  const caller = iamUser("svc-legacy", "203.0.113.66", agent);
  const imageId = createImage(log, start + 8000, caller, "web-base");
  log.add(start + 20_000, caller, {
    eventSource: "ec2.amazonaws.com",
    eventName: "ModifyImageAttribute",
    requestParameters: {
      imageId,
      attributeType: "launchPermission",
      launchPermission: { add: { items: [{ group: "all" }] } },
    },
    responseElements: { requestId: log.random.uuid(), _return: true },
  });
}

function createImage(log: CloudTrailLog, time: number, caller: Caller, name: string): string {
  const imageId = `ami-0${log.random.hex(16)}`;
  log.add(time, caller, {
    eventSource: "ec2.amazonaws.com",
    eventName: "CreateImage",
    awsRegion: REGION,
    requestParameters: { instanceId: `i-0${log.random.hex(16)}`, name, noReboot: true },
    responseElements: { requestId: log.random.uuid(), imageId },
  });
  return imageId;
}

function azureImage(random: Random, start: number, received: number): LoadedMessage {
  const record = {
    time: new Date(start + 12_000).toISOString().replace("Z", "1234Z"),
    resourceId: `${SUBSCRIPTION}/MICROSOFT.COMPUTE/IMAGES/BATCH-${random.below(50)}`,
    operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
    category: "Administrative",
    resultType: "Success",
    resultSignature: "Succeeded.Created",
    durationMs: "0",
    callerIpAddress: "20.50.2.11",
    correlationId: random.uuid(),
    identity: { claims: { appid: "7c1f0b5e-0000-4000-8000-0000000000b1", idtyp: "app" } },
    level: "Information",
    location: "global",
  };
  const raw = JSON.stringify(record);
  return { raw, messageTime: start + 12_000, receiptTime: received, sourceCategory: "azure/activity" };
}
