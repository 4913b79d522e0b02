import { dana, role, STAGING } from "../callers.ts";
import { type CloudTrailLog, DAY_MS, HOUR_MS, MINUTE_MS, REGION } from "../cloudtrail-log.ts";

/** Three weeks of work that is what it seems: pipelines, golden images, disaster recovery, infrastructure as code. */
export function addRoutine(log: CloudTrailLog): void {
  for (let day = 20; day >= 0; day--) {
    const start = log.end - (day + 1) * DAY_MS;
    bystanders(log, start);
    for (let push = 0; push < 4; push++) pipelinePush(log, start + log.random.below(DAY_MS));
    goldenImage(log, start + 3 * HOUR_MS);
    if (day % 3 === 0) disasterRecovery(log, start + 2 * HOUR_MS);
    if (day % 6 === 2) terraform(log, start + 10 * HOUR_MS);
  }
  shareForDebugging(log, log.end - 4 * DAY_MS);
}

function bystanders(log: CloudTrailLog, start: number): void {
  const calls = [
    ["ec2.amazonaws.com", "DescribeInstances"],
    ["ec2.amazonaws.com", "DescribeImages"],
    ["sts.amazonaws.com", "AssumeRole"],
    ["s3.amazonaws.com", "GetBucketAcl"],
    ["ecr.amazonaws.com", "DescribeRepositories"],
    ["ecr.amazonaws.com", "BatchGetImage"],
    ["iam.amazonaws.com", "ListRoles"],
  ] as const;
  for (let call = 0; call < 120; call++) {
    const [eventSource, eventName] = log.random.pick(calls);
    const caller = log.random.pick([
      role("monitoring", "scanner", "10.20.4.17"),
      role("ci", "build-7", "AWS Internal"),
      dana(),
    ]);
    log.add(start + log.random.below(DAY_MS), caller, { eventSource, eventName });
  }
}

function pipelinePush(log: CloudTrailLog, time: number): void {
  const repository = log.random.pick(["prod/api", "prod/api", "prod/web", "base/node", "tools/report"]);
  const run = `build-${1000 + log.random.below(9000)}`;
  const caller = role("ci", run, "AWS Internal");
  log.push(time, caller, repository, versionAt(time), 3);
  if (repository === "prod/api") log.push(time + MINUTE_MS, caller, repository, "latest", 0);
  log.add(
    time - MINUTE_MS,
    role("ci", run, "198.51.100.24", "md/command#ecr.get-login-password aws-cli/2.17.32"),
    {
      eventSource: "ecr.amazonaws.com",
      eventName: "GetAuthorizationToken",
    },
  );
}

/** Each once. */
function versionAt(time: number): string {
  return `1.${Math.floor(time / DAY_MS) - 20_000}.${Math.floor((time % DAY_MS) / MINUTE_MS)}`;
}

function goldenImage(log: CloudTrailLog, time: number): void {
  const caller = role(
    "image-builder",
    "i-0c0ffee0000000001",
    "10.20.9.3",
    "APN/1.0 HashiCorp/1.0 Packer/1.11.2 aws-sdk-go-v2/1.30",
  );
  log.add(time, caller, {
    eventSource: "ec2.amazonaws.com",
    eventName: "CreateImage",
    requestParameters: {
      instanceId: `i-0${log.random.hex(16)}`,
      name: `golden-${new Date(time).toISOString().slice(0, 10)}`,
      noReboot: false,
    },
    responseElements: { requestId: log.random.uuid(), imageId: `ami-0${log.random.hex(16)}` },
  });
}

function disasterRecovery(log: CloudTrailLog, time: number): void {
  const caller = role("backup-dr", "nightly", "backup.amazonaws.com", "backup.amazonaws.com");
  for (let copy = 0; copy < 3; copy++) {
    log.add(time + copy * MINUTE_MS, caller, {
      eventSource: "ec2.amazonaws.com",
      eventName: "CopyImage",
      awsRegion: "eu-central-1",
      requestParameters: {
        sourceRegion: REGION,
        sourceImageId: `ami-0${log.random.hex(16)}`,
        name: `dr-copy-${copy}`,
        encrypted: true,
      },
      responseElements: { requestId: log.random.uuid(), imageId: `ami-0${log.random.hex(16)}` },
    });
  }
}

function terraform(log: CloudTrailLog, time: number): void {
  const agent = "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 terraform-provider-aws/5.65.0 aws-sdk-go-v2/1.30";
  log.add(
    time,
    { ...role("infrastructure", "apply", "198.51.100.24", agent), recipientAccountId: STAGING },
    {
      eventSource: "ec2.amazonaws.com",
      eventName: "RegisterImage",
      requestParameters: {
        name: "staging-appliance",
        architecture: "x86_64",
        rootDeviceName: "/dev/xvda",
        blockDeviceMapping: {
          items: [{ deviceName: "/dev/xvda", ebs: { snapshotId: `snap-0${log.random.hex(16)}` } }],
        },
      },
      responseElements: { requestId: log.random.uuid(), imageId: `ami-0${log.random.hex(16)}` },
    },
  );
}

function shareForDebugging(log: CloudTrailLog, time: number): void {
  log.add(time, dana(), {
    eventSource: "ec2.amazonaws.com",
    eventName: "ModifyImageAttribute",
    requestParameters: {
      imageId: "ami-0d1e2f3a4b5c6d7e8",
      attributeType: "launchPermission",
      launchPermission: { add: { items: [{ userId: STAGING }] } },
    },
    responseElements: { requestId: log.random.uuid(), _return: true },
  });
}
