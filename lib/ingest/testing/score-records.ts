import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 4, 1);
const ACCOUNT = "111122223333";
const HOST = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;

/**
 * Work of pipelines over some weeks, and what somebody with a key does at its end: all that a score looks at in the time
 * before and after happens, some of it just so, some of it just not.
 */
export function scoreRecords(): JsonObject[] {
  return [...routine(), ...intrusion(), ...afterwards(), ...onOneHost()];
}

function at(days: number): string {
  return new Date(START + days * DAY).toISOString();
}

function role(name: string): JsonObject {
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/run`;
  return { type: "AssumedRole", arn, accountId: ACCOUNT, accessKeyId: `ASIA${name.toUpperCase()}` };
}

const EVE: JsonObject = {
  type: "IAMUser",
  arn: `arn:aws:iam::${ACCOUNT}:user/eve`,
  accountId: ACCOUNT,
  userName: "eve",
  accessKeyId: "AKIAEVE",
  sessionContext: { attributes: { mfaAuthenticated: "false" } },
};

function call(days: number, by: JsonObject, eventName: string, overrides: JsonObject = {}): JsonObject {
  return cloudTrailRecord({ eventTime: at(days), userIdentity: by, eventName, ...overrides });
}

function push(
  days: number,
  by: JsonObject,
  repositoryName: string,
  imageTag: string,
  digest: string,
): JsonObject {
  return call(days, by, "PutImage", {
    eventSource: "ecr.amazonaws.com",
    sourceIPAddress: "10.9.0.1",
    requestParameters: { registryId: ACCOUNT, repositoryName, imageTag },
    responseElements: { image: { imageId: { imageTag, imageDigest: `sha256:${digest}` } } },
  });
}

function makeImage(days: number, by: JsonObject, name: string, ami: string | null): JsonObject {
  return call(days, by, "CreateImage", {
    requestParameters: { instanceId: `i-${name}`, name },
    ...(ami === null
      ? { errorCode: "Client.UnauthorizedOperation" }
      : { responseElements: { imageId: ami } }),
  });
}

function routine(): JsonObject[] {
  const ci = role("build");
  const packer = role("packer");
  return [
    call(-25, role("scanner"), "DescribeInstances"),
    call(-25, ci, "DescribeImages"),
    call(-3, EVE, "ListUsers", { eventSource: "iam.amazonaws.com" }),
    ...[0, 3, 6, 9, 12, 15].map((day) => push(day, ci, "shop/pay", "latest", `l${day}`)),
    ...[1, 8].map((day) => push(day, ci, "shop/pay", `1.${day}`, `v${day}`)),
    push(10, ci, "shop/pay", "1.1", "v1-again"),
    ...[2, 7, 13, 18.4].map((day) =>
      makeImage(day, packer, `golden-2026-05-${10 + day}`, `ami-${10 + day * 10}`),
    ),
    push(15.9, role("deploy"), "shop/pay", "latest", "l15"),
    // Who always pushes does so here for the first time, and the day after next no more.
    push(16, role("deploy"), "shop/new", "2.0", "n0"),
    push(17.5, ci, "shop/new", "2.1", "n1"),
    push(19, ci, "shop/new", "2.2", "n2"),
    makeImage(18.3, packer, "golden-2026-05-28", null),
  ];
}

function intrusion(): JsonObject[] {
  const mutable = { registryId: ACCOUNT, repositoryName: "shop/pay", imageTagMutability: "MUTABLE" };
  const pulled = { registryId: ACCOUNT, repositoryName: "shop/pay", imageIds: [{ imageTag: "1.8" }] };
  return [
    makeImage(17, EVE, "golden-x", null),
    makeImage(17.2, EVE, "golden-2026-05-99", "ami-999"),
    call(17.3, EVE, "ModifyImageAttribute", {
      awsRegion: "us-east-1",
      requestParameters: { imageId: "ami-999", launchPermission: { add: { items: [{ group: "all" }] } } },
    }),
    call(18, EVE, "PutImageTagMutability", { eventSource: "ecr.amazonaws.com", requestParameters: mutable }),
    call(18.01, EVE, "BatchGetImage", { eventSource: "ecr.amazonaws.com", requestParameters: pulled }),
    { ...push(18.02, EVE, "shop/pay", "1.8", "refused"), errorCode: "ImageTagAlreadyExistsException" },
    push(18.05, EVE, "shop/pay", "1.8", "implant"),
    push(18.06, EVE, "shop/pay", "latest", "implant"),
    push(18.9, EVE, "shop/pay", "1.9", "implant"),
    push(19.2, EVE, "shop/pay", "1.10", "implant"),
  ];
}

/** The implants are started and pulled, the one in time, the other just too late. */
function afterwards(): JsonObject[] {
  const instances = (imageId: string) => ({ requestParameters: { instancesSet: { items: [{ imageId }] } } });
  return [
    call(17.4, role("scaling"), "RunInstances", instances("ami-999")),
    call(17.9, role("scaling"), "RunInstances", instances("ami-999")),
    call(19.5, role("scaling"), "RunInstances", instances("ami-194")),
    call(18.5, role("scanner"), "DescribeInstances", instances("ami-194")),
    {
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      auditID: "pod-1",
      verb: "create",
      requestReceivedTimestamp: at(18.2),
      user: { username: "system:serviceaccount:shop:deployer" },
      objectRef: { resource: "pods", namespace: "shop", name: "pay-1" },
      requestObject: { spec: { containers: [{ image: `${HOST}/shop/pay:1.8` }] } },
      responseStatus: { code: 201 },
    },
  ];
}

function onOneHost(): JsonObject[] {
  const reference = "registry.example.com:5000/shop/web:2.4";
  const docker = (
    days: number,
    type: string,
    action: string,
    id: string,
    attributes: JsonObject,
  ): JsonObject => ({
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: attributes },
    scope: "local",
    time: Math.floor((START + days * DAY) / 1000),
  });
  return [
    docker(16, "image", "pull", reference, { name: reference }),
    docker(16.01, "container", "commit", "c0ffee", { image: reference, name: "quiet" }),
    docker(16.02, "image", "push", reference, { name: reference }),
    docker(16.5, "image", "push", reference, { name: reference }),
    docker(17.5, "image", "push", reference, { name: reference }),
  ];
}
