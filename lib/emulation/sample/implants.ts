import { iamUser, PRODUCTION, role } from "../callers.ts";
import { type CloudTrailLog, HOUR_MS, MINUTE_MS } from "../cloudtrail-log.ts";

/** What somebody does with a forgotten key: an implant in a registry, and one in a machine image. */
export function addImplants(log: CloudTrailLog): void {
  implantInRegistry(log, log.end - 19 * HOUR_MS);
  implantInMachineImage(log, log.end - 5 * HOUR_MS);
}

/** A forgotten key pulls an image, puts something into it and pushes it back under the tag that production pulls, as it then does. */
function implantInRegistry(log: CloudTrailLog, time: number): void {
  const stolen = iamUser("svc-legacy", "203.0.113.66", "Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux");
  const daemon = { ...stolen, sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" };
  log.add(time, stolen, { eventSource: "ecr.amazonaws.com", eventName: "GetAuthorizationToken" });
  log.add(time + MINUTE_MS, daemon, {
    eventSource: "ecr.amazonaws.com",
    eventName: "BatchGetImage",
    requestParameters: {
      registryId: PRODUCTION,
      repositoryName: "prod/api",
      imageIds: [{ imageTag: "latest" }],
    },
  });
  const refused = {
    errorCode: "ImageTagAlreadyExistsException",
    errorMessage:
      "The image tag '1.14.2' already exists in the 'prod/api' repository and cannot be overwritten because the tag is immutable.",
  };
  log.add(time + 9 * MINUTE_MS, daemon, {
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    requestParameters: { registryId: PRODUCTION, repositoryName: "prod/api", imageTag: "1.14.2" },
    ...refused,
  });
  log.push(time + 12 * MINUTE_MS, daemon, "prod/api", "latest", 1);
  log.add(time + 45 * MINUTE_MS, role("cluster-nodes", "i-0c0ffee0000000009", "AWS Internal"), {
    eventSource: "ecr.amazonaws.com",
    eventName: "BatchGetImage",
    requestParameters: {
      registryId: PRODUCTION,
      repositoryName: "prod/api",
      imageIds: [{ imageTag: "latest" }],
    },
  });
}

function implantInMachineImage(log: CloudTrailLog, time: number): void {
  const stolen = iamUser(
    "svc-legacy",
    "203.0.113.66",
    "stratus-red-team_3f0c2b6e-5a1d-4b1e-9a55-1d2f3a4b5c6d",
  );
  const instanceId = "i-0feedface00000001";
  const imageId = "ami-0bad0bad0bad0bad0";
  const name = `golden-${new Date(time).toISOString().slice(0, 10)}`;
  for (const minute of [0, 2]) {
    log.add(time + minute * MINUTE_MS, stolen, {
      eventSource: "ec2.amazonaws.com",
      eventName: "CreateImage",
      errorCode: "Client.UnauthorizedOperation",
      errorMessage: "You are not authorized to perform this operation.",
      requestParameters: { instanceId, name, noReboot: true },
    });
  }
  log.add(time + 30 * MINUTE_MS, stolen, {
    eventSource: "ec2.amazonaws.com",
    eventName: "CreateImage",
    requestParameters: { instanceId, name, noReboot: true },
    responseElements: { requestId: log.random.uuid(), imageId },
  });
  log.add(time + 34 * MINUTE_MS, stolen, {
    eventSource: "ec2.amazonaws.com",
    eventName: "DescribeImages",
    requestParameters: { imagesSet: { items: [{ imageId }] } },
  });
  log.add(time + 41 * MINUTE_MS, stolen, {
    eventSource: "ec2.amazonaws.com",
    eventName: "ModifyImageAttribute",
    requestParameters: {
      imageId,
      attributeType: "launchPermission",
      launchPermission: { add: { items: [{ group: "all" }] } },
    },
    responseElements: { requestId: log.random.uuid(), _return: true },
  });
  log.add(time + 2 * HOUR_MS, role("autoscaling", "fleet", "autoscaling.amazonaws.com"), {
    eventSource: "ec2.amazonaws.com",
    eventName: "RunInstances",
    requestParameters: { instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] } },
    responseElements: { requestId: log.random.uuid() },
  });
}
