import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { generator } from "./generate.ts";

/** How many records the benches of scan and ingest read at full scale. */
export const TRAIL_RECORDS = 1_000_000;

const START = Date.UTC(2026, 0, 1);
const SPAN_MS = 60 * 86_400_000;
const ROLES = 400;
const PEOPLE = 100;
const ACCOUNTS = ["111122223333", "222233334444", "333344445555"] as const;
const REGIONS = ["eu-west-1", "eu-west-1", "eu-central-1", "us-east-1"] as const;

type Dice = (below: number) => number;
type Call = { source: string; name: string; request?: unknown; response?: unknown; resources?: unknown };
type Kind = { weight: number; call: (dice: Dice, place: Place) => Call };
type Place = { account: string; region: string };

/** What is looked for, what only looks like it, and what an account's log mostly holds. Weights of 1,000. */
const IN_SCOPE: readonly Kind[] = [
  { weight: 7, call: (dice, place) => push(dice, place, "PutImage") },
  { weight: 5, call: (dice, place) => push(dice, place, "InitiateLayerUpload") },
  { weight: 5, call: (dice, place) => push(dice, place, "CompleteLayerUpload") },
  {
    weight: 2,
    call: (dice) => ({
      source: "ec2",
      name: "CreateImage",
      request: { instanceId: id(dice, "i-"), name: `web-${dice(1000)}`, noReboot: true },
      response: { requestId: uuid(dice), imageId: id(dice, "ami-") },
    }),
  },
  {
    weight: 1,
    call: (dice) => ({
      source: "ec2",
      name: "CopyImage",
      request: { sourceRegion: "us-east-1", sourceImageId: id(dice, "ami-"), name: `copy-${dice(1000)}` },
      response: { requestId: uuid(dice), imageId: id(dice, "ami-") },
    }),
  },
];

const LOOK_ALIKES: readonly Kind[] = [
  {
    weight: 30,
    call: (dice) => ({
      source: "ec2",
      name: "DescribeImages",
      request: { imagesSet: { items: [{ imageId: id(dice, "ami-") }] }, ownersSet: {}, filterSet: {} },
    }),
  },
  {
    weight: 12,
    call: (dice, { account }) => ({
      source: "ecr",
      name: "DescribeImages",
      request: { registryId: account, repositoryName: repository(dice), filter: { tagStatus: "TAGGED" } },
    }),
  },
  {
    weight: 8,
    call: (dice, { account }) => ({
      source: "ecr",
      name: "DescribeImageScanFindings",
      request: { registryId: account, repositoryName: repository(dice), imageId: { imageTag: tag(dice) } },
    }),
  },
];

const ORDINARY: readonly Kind[] = [
  {
    weight: 170,
    call: (dice, { account }) => ({
      source: "sts",
      name: "AssumeRole",
      request: {
        roleArn: `arn:aws:iam::${account}:role/${role(dice)}`,
        roleSessionName: `run-${dice(5000)}`,
        durationSeconds: 3600,
      },
      response: {
        credentials: {
          accessKeyId: `ASIA${id(dice, "").toUpperCase().slice(0, 16)}`,
          expiration: "Mar 4, 2026, 10:12:33 AM",
        },
        assumedRoleUser: {
          assumedRoleId: `AROA${id(dice, "").toUpperCase().slice(0, 17)}:run`,
          arn: `arn:aws:sts::${account}:assumed-role/${role(dice)}/run-${dice(5000)}`,
        },
      },
      resources: [{ accountId: account, type: "AWS::IAM::Role", ARN: `arn:aws:iam::${account}:role/ci` }],
    }),
  },
  {
    weight: 150,
    call: (dice, { account, region }) => ({
      source: "kms",
      name: dice(2) === 0 ? "Decrypt" : "GenerateDataKey",
      request: {
        encryptionContext: { "aws:s3:arn": `arn:aws:s3:::logs-${dice(40)}` },
        encryptionAlgorithm: "SYMMETRIC_DEFAULT",
      },
      resources: [
        {
          accountId: account,
          type: "AWS::KMS::Key",
          ARN: `arn:aws:kms:${region}:${account}:key/${uuid(dice)}`,
        },
      ],
    }),
  },
  {
    weight: 260,
    call: (dice) => {
      const what = pick(dice, ["SecurityGroups", "Volumes", "Subnets", "Tags", "NetworkInterfaces", "Vpcs"]);
      return { source: "ec2", name: `Describe${what}`, request: { maxResults: 1000, filterSet: {} } };
    },
  },
  {
    weight: 60,
    call: (dice) => ({
      source: "ec2",
      name: "DescribeInstances",
      request: { instancesSet: { items: [{ instanceId: id(dice, "i-") }] }, filterSet: {} },
    }),
  },
  {
    weight: 190,
    call: (dice) => ({
      source: pick(dice, ["s3", "logs", "monitoring", "autoscaling", "elasticloadbalancing"]),
      name: pick(dice, ["GetBucketAcl", "DescribeLogStreams", "ListMetrics", "DescribeAutoScalingGroups"]),
      request: { bucketName: `logs-${dice(40)}`, Host: "s3.eu-west-1.amazonaws.com", location: "" },
    }),
  },
  {
    weight: 75,
    call: (dice, { account }) => ({
      source: "ecr",
      name: pick(dice, ["GetAuthorizationToken", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer"]),
      request: { registryId: account, repositoryName: repository(dice) },
    }),
  },
  {
    weight: 25,
    call: (dice) => ({
      source: "iam",
      name: pick(dice, ["PutRolePolicy", "CreatePolicy", "UpdateAssumeRolePolicy"]),
      request: { roleName: role(dice), policyName: "inline", policyDocument: POLICY },
    }),
  },
];

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" }],
});

const KINDS = [...IN_SCOPE, ...LOOK_ALIKES, ...ORDINARY];
const TOTAL = KINDS.reduce((sum, { weight }) => sum + weight, 0);

/** Writes records of CloudTrail to files, all the same: a line each, or the elements of one `Records`. Deterministic. */
export async function writeTrail(path: string, records: number, form: "lines" | "records"): Promise<void> {
  const out = createWriteStream(path);
  const [before, between, after] = form === "lines" ? ["", "\n", "\n"] : ['{"Records":[', ",", "]}"];
  let text = before;
  let separator = "";
  for (const record of trail(records)) {
    text += separator + record;
    separator = between;
    if (text.length < 1_000_000) continue;
    await write(out, text);
    text = "";
  }
  await write(out, text + after);
  out.end();
  await once(out, "finish");
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, "drain");
}

/** JSON of records as CloudTrail writes them, between 1.1 and 1.6 kB: 2 % in scope, 5 % that look alike. */
export function* trail(records: number, seed = 1): Generator<string> {
  const dice = generator(seed);
  for (let at = 0; at < records; at++) yield JSON.stringify(recordOf(dice, at));
}

function recordOf(dice: Dice, at: number): unknown {
  const { account, region, identity, address } = sessionOf(dice, at);
  const place = { account, region };
  const { source, name, request, response, resources } = kindOf(dice).call(dice, place);
  const time = new Date(START + Math.floor((at / TRAIL_RECORDS) * SPAN_MS) + dice(900_000)).toISOString();
  return {
    eventVersion: "1.09",
    userIdentity: identity,
    eventTime: `${time.slice(0, 19)}Z`,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: place.region,
    sourceIPAddress: dice(5) === 0 ? `${source}.amazonaws.com` : address,
    userAgent: pick(dice, AGENTS),
    requestParameters: request ?? null,
    responseElements: response ?? null,
    ...(dice(50) === 0 && { errorCode: "AccessDenied", errorMessage: "User is not authorized" }),
    requestID: uuid(dice),
    eventID: uuid(dice),
    readOnly: /^(Describe|Get|List|Batch)/.test(name),
    ...(resources !== undefined && { resources }),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: place.account,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${source}.${place.region}.amazonaws.com`,
    },
  };
}

function kindOf(dice: Dice): Kind {
  let left = dice(TOTAL);
  const found = KINDS.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  if (!found) throw new Error("The weights do not add up.");
  return found;
}

const AGENTS = [
  "aws-cli/2.17.32 md/awscrt#0.20.11 ua/2.0 os/linux#6.1.94 md/arch#x86_64 lang/python#3.11.9 cfg/retry-mode#standard",
  "aws-sdk-go/1.44.298 (go1.20.6; linux; amd64) amazon-vpc-cni-k8s",
  "Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux#5.10.218 md/arch#x86_64 lang/python#3.9.16",
  "[aws-sdk-java/2.25.11 Linux/5.10.217 OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS Java/17.0.11]",
  "APN/1.0 HashiCorp/1.0 Terraform/1.8.2 (+https://www.terraform.io) terraform-provider-aws/5.46.0",
] as const;

/** How many records there are from one session of an actor to its next. */
const SESSION_RECORDS = 20_000;

type Session = Place & { identity: unknown; address: string };

/** Who acts: an actor in a session that lasts for a while, in one place, from one address and with one key. */
function sessionOf(dice: Dice, at: number): Session {
  const actor = dice(10) === 0 ? `person-${dice(PEOPLE)}` : role(dice);
  const number = Math.floor(at / SESSION_RECORDS) * 3 + dice(3);
  const own = generator(hashOf(`${actor} ${number}`));
  const accountId = pick(generator(hashOf(actor)), ACCOUNTS);
  const place = { account: accountId, region: pick(own, REGIONS) };
  const key = hex(own, 16).toUpperCase();
  const address = `10.${hashOf(actor) % 4}.${hashOf(actor) % 200}.${own(250)}`;
  if (actor.startsWith("person")) {
    const identity = {
      type: "IAMUser",
      principalId: `AIDA${actor.toUpperCase()}`,
      arn: `arn:aws:iam::${accountId}:user/${actor}`,
      accountId,
      accessKeyId: `AKIA${hex(generator(hashOf(actor)), 16).toUpperCase()}`,
      userName: actor,
    };
    return { ...place, address, identity };
  }
  const principalId = `AROA${actor.toUpperCase().replace("-", "")}`;
  const session = `run-${number}`;
  const identity = {
    type: "AssumedRole",
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${actor}/${session}`,
    accountId,
    accessKeyId: `ASIA${key}`,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId,
        arn: `arn:aws:iam::${accountId}:role/${actor}`,
        accountId,
        userName: actor,
      },
      attributes: { creationDate: "2026-01-04T09:00:00Z", mfaAuthenticated: "false" },
    },
  };
  return { ...place, address, identity };
}

function hashOf(text: string): number {
  let hash = 7;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}

function push(dice: Dice, { account }: Place, name: string): Call {
  const repositoryName = repository(dice);
  const layer = { registryId: account, repositoryName };
  if (name !== "PutImage")
    return { source: "ecr", name, request: layer, response: { ...layer, uploadId: uuid(dice) } };
  const imageTag = tag(dice);
  const imageDigest = `sha256:${hex(dice, 64)}`;
  return {
    source: "ecr",
    name,
    request: { ...layer, imageTag, imageManifest: MANIFEST },
    response: { image: { ...layer, imageId: { imageDigest, imageTag }, imageManifest: MANIFEST } },
  };
}

const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: { mediaType: "application/vnd.docker.container.image.v1+json", size: 7023 },
});

/** Some roles do most of the work. */
function role(dice: Dice): string {
  return `role-${Math.floor((dice(ROLES) * dice(1000)) / 1000)}`;
}

function repository(dice: Dice): string {
  return `team-${dice(20)}/service-${dice(60)}`;
}

function tag(dice: Dice): string {
  return `1.${dice(400)}.${dice(10)}`;
}

function pick<Value>(dice: Dice, values: readonly Value[]): Value {
  return values[dice(values.length)] as Value;
}

function id(dice: Dice, prefix: string): string {
  return `${prefix}0${hex(dice, 16)}`;
}

function uuid(dice: Dice): string {
  return `${hex(dice, 8)}-${hex(dice, 4)}-4${hex(dice, 3)}-8${hex(dice, 3)}-${hex(dice, 12)}`;
}

function hex(dice: Dice, length: number): string {
  let text = "";
  while (text.length < length) text += dice(0x1000000).toString(16).padStart(6, "0");
  return text.slice(0, length);
}
