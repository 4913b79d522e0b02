import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import type { LogEvent } from "./event.ts";
import { cloudTrailRecord, eventOf, nested } from "./fixtures.ts";
import { normalize } from "./normalize.ts";

const account = "111122223333";

describe("the actor of a call", () => {
  test.for<[name: string, userIdentity: unknown, actor: string | null, kind: string | null]>([
    [
      "a role's session is the role's, without the role's path",
      {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/ci/build-42`,
        sessionContext: {
          sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/automation/ci`, userName: "ci" },
        },
      },
      `${account}/role/ci`,
      "workload",
    ],
    [
      "a role's session without its issuer is the same role's",
      { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/ci/build-43` },
      `${account}/role/ci`,
      "workload",
    ],
    [
      "a person of Identity Center is one in all accounts",
      {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/dana@example.com`,
      },
      "sso/dana@example.com",
      "person",
    ],
    [
      "a federated person's session bears their e-mail",
      { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/admins/dana@example.com` },
      `${account}/session/dana@example.com`,
      "person",
    ],
    [
      "a source identity names the person behind a role",
      {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/ops/x`,
        sessionContext: { sourceIdentity: "dana" },
      },
      `${account}/source-identity/dana`,
      "person",
    ],
    [
      "an IAM user with a path",
      {
        type: "IAMUser",
        arn: `arn:aws:iam::${account}:user/team/dana`,
        accountId: account,
        userName: "dana",
      },
      `${account}/user/dana`,
      "person",
    ],
    [
      "an IAM user with an sts ARN, as AWS's own examples have it",
      { type: "IAMUser", arn: `arn:aws:sts::${account}:user/dana` },
      `${account}/user/dana`,
      "person",
    ],
    [
      "an IAM user without an ARN",
      { type: "IAMUser", accountId: account, userName: "dana" },
      `${account}/user/dana`,
      "person",
    ],
    [
      "root",
      { type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account },
      `${account}/root`,
      "root",
    ],
    [
      "a service",
      { type: "AWSService", invokedBy: "backup.amazonaws.com" },
      "service/backup.amazonaws.com",
      "service",
    ],
    [
      "a person whose call AWS made for them stays a person",
      { type: "IAMUser", arn: `arn:aws:iam::${account}:user/dana`, invokedBy: "AWS Internal" },
      `${account}/user/dana`,
      "person",
    ],
    [
      "a role of another account, known by its id",
      { type: "AWSAccount", principalId: "AROAFOREIGN:session", accountId: "444455556666" },
      "444455556666/principal/AROAFOREIGN",
      "account",
    ],
    [
      "an ARN with a space in it",
      { type: "AssumedRole", arn: `arn:aws:sts:us-east-1: ${account}:assumed-role/ci/x` },
      `${account}/role/ci`,
      "workload",
    ],
    ["an identity that is null", null, null, null],
    ["no identity", undefined, null, null],
    ["an identity that is a text", "dana", null, null],
    ["an identity of which nothing is known", { type: "Unknown" }, null, null],
  ])("%s", ([, userIdentity, actor, kind]) => {
    const event = eventOf(cloudTrailRecord({ userIdentity }));
    expect(event.actor?.key ?? null).toBe(actor);
    expect(event.actor?.kind ?? null).toBe(kind);
  });

  test("session, access key and the whole principal stay with the event", () => {
    expect(eventOf(cloudTrailRecord())).toMatchObject({
      principal: `arn:aws:sts::${account}:assumed-role/ci/build-42`,
      session: "build-42",
      accessKey: "ASIAEXAMPLEEXAMPLE01",
    });
  });
});

describe("the images of a call", () => {
  const images = (event: LogEvent) =>
    event.images.map(({ role, key, tag }) => `${role} ${key}${tag ? `:${tag}` : ""}`);
  test.for<[name: string, overrides: Record<string, unknown>, expected: string[], subject: string | null]>([
    [
      "CreateImage makes what its answer names",
      {
        eventName: "CreateImage",
        requestParameters: { instanceId: "i-0a1", name: "web", noReboot: true },
        responseElements: { requestId: "r", imageId: "ami-0AB1" },
      },
      ["made eu-west-1/ami-0ab1"],
      "instance:i-0a1",
    ],
    [
      "a CreateImage that failed names only the instance",
      {
        eventName: "CreateImage",
        errorCode: "UnauthorizedOperation",
        requestParameters: { instanceId: "i-0a1", name: "web" },
        responseElements: null,
      },
      [],
      "instance:i-0a1",
    ],
    [
      "CopyImage has a source in another region",
      {
        eventName: "CopyImage",
        requestParameters: { sourceRegion: "us-east-1", sourceImageId: "ami-0aa1", name: "copy" },
        responseElements: { imageId: "ami-0bb2" },
      },
      ["made eu-west-1/ami-0bb2", "source us-east-1/ami-0aa1"],
      "name:copy",
    ],
    [
      "RegisterImage",
      {
        eventName: "RegisterImage",
        requestParameters: {
          name: "from-snapshot",
          blockDeviceMapping: { items: [{ ebs: { snapshotId: "snap-1" } }] },
        },
        responseElements: { imageId: "ami-0cc3" },
      },
      ["made eu-west-1/ami-0cc3"],
      "name:from-snapshot",
    ],
    [
      "ModifyImageAttribute that adds launch permission shares",
      {
        eventName: "ModifyImageAttribute",
        requestParameters: {
          imageId: "ami-0a",
          launchPermission: { add: { items: [{ group: "all" }, { userId: "1" }] } },
        },
      },
      ["shared eu-west-1/ami-0a"],
      null,
    ],
    [
      "ModifyImageAttribute of a description changes",
      {
        eventName: "ModifyImageAttribute",
        requestParameters: { imageId: "ami-0a", description: { value: "x" } },
      },
      ["changed eu-west-1/ami-0a"],
      null,
    ],
    [
      "RunInstances uses",
      { eventName: "RunInstances", requestParameters: { instancesSet: { items: [{ imageId: "ami-0a" }] } } },
      ["used eu-west-1/ami-0a"],
      null,
    ],
    [
      "PutImage in a registry of its own",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { registryId: "444455556666", repositoryName: "prod/api", imageTag: "1.4" },
      },
      ["made 444455556666.dkr.ecr.eu-west-1.amazonaws.com/prod/api:1.4"],
      null,
    ],
    [
      "PutImage that names no registry goes to the account's",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { repositoryName: "api" },
      },
      [`made ${account}.dkr.ecr.eu-west-1.amazonaws.com/api`],
      null,
    ],
    [
      "PutImage whose parameters were omitted lies where its resource says",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { omitted: true, originalSize: 120_000, reason: "too large" },
        resources: [
          { ARN: "arn:aws:iam::1:role/x", accountId: "1" },
          { ARN: "arn:aws:ecr:us-east-1:444455556666:repository/prod/api", accountId: "444455556666" },
        ],
      },
      ["made 444455556666.dkr.ecr.us-east-1.amazonaws.com/prod/api"],
      null,
    ],
    [
      "PutImage without parameters, its resource in the other spelling",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        resources: [{ arn: "arn:aws-cn:ecr:cn-north-1: 444455556666:repository/api" }],
      },
      ["made 444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn/api"],
      null,
    ],
    [
      "PutImage whose answer names the registry",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { omitted: true },
        responseElements: { image: { registryId: "777788889999" } },
        resources: [{ ARN: "arn:aws:ecr:us-east-1:444455556666:repository/api" }],
      },
      ["made 777788889999.dkr.ecr.us-east-1.amazonaws.com/api"],
      null,
    ],
    [
      "a request counts before a resource",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { repositoryName: "api" },
        resources: [{ ARN: "arn:aws:ecr:us-east-1:444455556666:repository/other" }],
      },
      [`made ${account}.dkr.ecr.eu-west-1.amazonaws.com/api`],
      null,
    ],
    [
      "a push to the public gallery whose parameters were omitted",
      {
        eventSource: "ecr-public.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { omitted: true },
        resources: [{ ARN: "arn:aws:ecr-public::444455556666:repository/tool" }],
      },
      ["made public.ecr.aws/444455556666/tool"],
      null,
    ],
    [
      "a machine image that only the resources name",
      {
        eventName: "ModifyImageAttribute",
        requestParameters: { omitted: true },
        resources: [{ arn: "arn:aws:ec2:us-east-1::image/ami-0A" }],
      },
      ["changed us-east-1/ami-0a"],
      null,
    ],
    [
      "a machine image that was made, as only the resources say",
      { eventName: "CopyImage", resources: [{ ARN: "arn:aws:ec2:eu-west-1::image/ami-0b" }] },
      ["made eu-west-1/ami-0b"],
      null,
    ],
    [
      "a machine image of the request counts before a resource",
      {
        eventName: "DeregisterImage",
        requestParameters: { imageId: "ami-0a" },
        resources: [{ ARN: "arn:aws:ec2:us-east-1::image/ami-0b" }],
      },
      ["changed eu-west-1/ami-0a"],
      null,
    ],
    [
      "resources that are none",
      {
        eventName: "ModifyImageAttribute",
        resources: [null, 7, { ARN: 7 }, { ARN: "arn:aws:ec2:::image/" }, { ARN: "arn:aws:ec2:x::volume/v" }],
      },
      [],
      null,
    ],
    [
      "China has a domain of its own",
      {
        eventSource: "ecr.amazonaws.com",
        eventName: "InitiateLayerUpload",
        awsRegion: "cn-north-1",
        requestParameters: { repositoryName: "api" },
      },
      [`made ${account}.dkr.ecr.cn-north-1.amazonaws.com.cn/api`],
      null,
    ],
    [
      "the public gallery",
      {
        eventSource: "ecr-public.amazonaws.com",
        eventName: "PutImage",
        requestParameters: { repositoryName: "tool", imageTag: "v1" },
      },
      [`made public.ecr.aws/${account}/tool:v1`],
      null,
    ],
    [
      "a token belongs to no repository",
      { eventSource: "ecr.amazonaws.com", eventName: "GetAuthorizationToken" },
      [],
      null,
    ],
    [
      "AppStream's CreateImage",
      {
        eventSource: "appstream.amazonaws.com",
        eventName: "CreateImage",
        responseElements: { imageId: "ami-0a" },
      },
      [],
      null,
    ],
    [
      "parameters of the wrong type",
      { eventName: "CreateImage", requestParameters: "x", responseElements: [1] },
      [],
      null,
    ],
  ])("%s", ([, overrides, expected, subject]) => {
    const event = eventOf(cloudTrailRecord(overrides));
    expect(images(event)).toEqual(expected);
    expect(event.subject).toBe(subject);
  });

  test("with whom an image is shared, and no longer", () => {
    const share = (change: "add" | "remove") =>
      eventOf(
        cloudTrailRecord({
          eventName: "ModifyImageAttribute",
          requestParameters: {
            imageId: "ami-0a",
            launchPermission: {
              [change]: {
                items: [
                  { group: "all" },
                  { userId: "444455556666" },
                  { organizationArn: "arn:aws:organizations::1:organization/o-1" },
                ],
              },
            },
          },
        }),
      ).details;
    const parties = ["all", "444455556666", "arn:aws:organizations::1:organization/o-1"];
    expect(share("add")).toEqual({ sharedWith: parties });
    expect(share("remove")).toEqual({ unsharedFrom: parties });
  });
});

describe("the outcome of a call", () => {
  test.for<[name: string, overrides: Record<string, unknown>, outcome: string, errorCode: string | null]>([
    ["without an error", {}, "success", null],
    ["with an error code", { errorCode: "AccessDenied", errorMessage: "no" }, "failure", "AccessDenied"],
    ["with a message alone", { errorMessage: "Failed authentication" }, "failure", "Failed authentication"],
    ["with a null for an error", { errorCode: null }, "success", null],
    ["a dry run", { errorCode: "Client.DryRunOperation" }, "failure", "Client.DryRunOperation"],
    ["a sign-in that failed", { responseElements: { ConsoleLogin: "Failure" } }, "failure", null],
  ])("%s", ([, overrides, outcome, errorCode]) => {
    expect(eventOf(cloudTrailRecord(overrides))).toMatchObject({ outcome, errorCode });
  });
});

describe("a record is rejected only without a readable time or operation", () => {
  test.for<[name: string, overrides: Record<string, unknown>, reason: string, detail: string]>([
    ["no time", { eventTime: undefined }, "no-time", "eventTime is missing"],
    ["a redacted time", { eventTime: "redacted" }, "no-time", 'eventTime is "redacted"'],
    ["the year 1", { eventTime: "0001-01-01T00:00:00Z" }, "no-time", 'eventTime is "0001-01-01T00:00:00Z"'],
    ["no operation", { eventName: undefined }, "no-operation", "eventName is missing"],
    ["an empty operation", { eventName: " " }, "no-operation", 'eventName is " "'],
    ["an operation that is an object", { eventName: { a: 1 } }, "no-operation", "eventName is an object"],
    ["a time of absurd depth", { eventTime: nested(20_000) }, "no-time", "eventTime is a list"],
    ["an operation of absurd depth", { eventName: nested(20_000) }, "no-operation", "eventName is a list"],
    ["a time that is no text", { eventTime: true }, "no-time", "eventTime is true"],
    ["an operation that is null", { eventName: null }, "no-operation", "eventName is null"],
    [
      "a time of absurd length is cut",
      { eventTime: "x".repeat(1000) },
      "no-time",
      `eventTime is "${"x".repeat(78)}…`,
    ],
  ])("%s", ([, overrides, reason, detail]) => {
    const record = { ...cloudTrailRecord(), ...overrides } as JsonObject;
    expect(normalize(record)).toEqual({ ok: false, reason: { reason, detail } });
  });

  test("everything else may be missing or of another type", () => {
    const bare = {
      eventName: "CreateImage",
      eventVersion: 1.08,
      eventTime: "2022-09-29 22:25:17",
      userIdentity: 7,
      awsRegion: [],
    };
    expect(normalize(bare)).toMatchObject({
      ok: true,
      value: {
        operation: "CreateImage",
        actor: null,
        account: null,
        region: null,
        sourceIp: null,
        isExternal: null,
      },
    });
  });
});

test("a field of absurd length is cut", () => {
  const event = eventOf(cloudTrailRecord({ userAgent: "x".repeat(1_000_000) }));
  expect(event.userAgent).toHaveLength(4096);
});

test("the same record with its keys in another order is the same event", () => {
  const record = cloudTrailRecord();
  const reversed = Object.fromEntries(Object.entries(record).reverse());
  expect(eventOf(reversed).id).toBe(eventOf(record).id);
  expect(eventOf({ ...record, awsRegion: "us-east-1" }).id).not.toBe(eventOf(record).id);
});

test("a log that is not known is named by its keys", () => {
  expect(normalize({ a: 1, b: 2 })).toEqual({
    ok: false,
    reason: { reason: "unknown-log", detail: "its keys are a, b" },
  });
});
