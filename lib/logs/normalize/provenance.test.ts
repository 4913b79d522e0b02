import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import type { LogSource } from "./event.ts";
import { azureRecord, cloudTrailRecord } from "./fixtures.ts";
import { normalize } from "./normalize.ts";
import { detailField, imageField, type Provenance, provenanceOf } from "./provenance.ts";

const share = cloudTrailRecord({
  eventSource: "ec2.amazonaws.com",
  eventName: "ModifyImageAttribute",
  requestParameters: {
    imageId: "ami-0a1",
    attributeType: "launchPermission",
    launchPermission: { add: { items: [{ userId: "999900001111" }, { group: "all" }] } },
  },
});

const audit = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  auditID: "a-1",
  verb: "create",
  user: { username: "dana@example.com" },
  sourceIPs: ["198.51.100.7"],
  objectRef: { resource: "pods", namespace: "prod", name: "web" },
  requestObject: { spec: { containers: [{ image: "ghcr.io/a/web:1" }, { image: "ghcr.io/a/side:2" }] } },
  responseStatus: { code: 201 },
  requestReceivedTimestamp: "2026-03-04T09:12:33.123456Z",
};

/** Of each log one record, and the raw fields of some of its event's. */
const CASES: Readonly<
  Record<
    Exclude<LogSource, "mapped-table">,
    readonly [record: JsonObject, paths: Readonly<Record<string, string[]>>][]
  >
> = {
  cloudtrail: [
    [
      share,
      {
        occurredAt: ["eventTime"],
        operation: ["eventName"],
        actor: ["userIdentity.arn", "userIdentity.sessionContext.sessionIssuer.accountId"],
        session: ["userIdentity.arn"],
        isExternal: ["sourceIPAddress"],
        "images.shared eu-west-1/ami-0a1  ": ["awsRegion", "requestParameters.imageId"],
        "details.sharedWith all": ["requestParameters.launchPermission.add.items[1].group"],
        "details.sharedWith 999900001111": ["requestParameters.launchPermission.add.items[0].userId"],
      },
    ],
    [
      cloudTrailRecord({ errorCode: "AccessDenied" }),
      { outcome: ["errorCode"], errorCode: ["errorCode"], account: ["recipientAccountId"] },
    ],
    [
      {
        TimeGenerated: "2026-03-04T09:12:33Z",
        EventName: "PutImage",
        EventSource: "ecr.amazonaws.com",
        UserIdentityArn: "arn:aws:iam::111122223333:user/dana",
        RequestParameters: '{"repositoryName":"prod/api"}',
      },
      {
        occurredAt: ["TimeGenerated"],
        principal: ["UserIdentityArn"],
        "images.made 111122223333.dkr.ecr.unknown-region.amazonaws.com/prod/api  ": [
          "UserIdentityArn",
          "RequestParameters → repositoryName",
        ],
      },
    ],
  ],
  "azure-activity": [
    [
      azureRecord({ callerIpAddress: "198.51.100.7:443", resultType: "Failed" }),
      {
        principal: ['identity.claims["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"]'],
        outcome: ["resultType"],
        sourceIp: ["callerIpAddress"],
        account: ["resourceId"],
        service: ["operationName"],
      },
    ],
  ],
  acr: [
    [
      {
        category: "ContainerRegistryRepositoryEvents",
        time: "2026-03-04T09:12:33Z",
        operationName: "Push",
        properties:
          '{"loginServer":"shop.azurecr.io","repository":"web","tag":"1","identity":"dana@example.com"}',
      },
      {
        principal: ["properties → identity"],
        operation: ["operationName"],
        "images.made shop.azurecr.io/web 1 ": [
          "properties → loginServer",
          "properties → repository",
          "properties → tag",
        ],
      },
    ],
  ],
  "registry-notification": [
    [
      {
        id: "n-1",
        timestamp: "2026-03-04T09:12:33Z",
        action: "push",
        target: { mediaType: "application/vnd.oci.image.manifest.v1+json", repository: "team/web", tag: "1" },
        request: { host: "registry.example.com", addr: "198.51.100.7:80" },
        actor: { name: "dana" },
      },
      {
        operation: ["action"],
        principal: ["actor.name"],
        sourceIp: ["request.addr"],
        "images.made registry.example.com/team/web 1 ": ["target.repository", "target.tag", "request.host"],
      },
    ],
  ],
  "ecr-eventbridge": [
    [
      {
        source: "aws.ecr",
        "detail-type": "ECR Image Action",
        time: "2026-03-04T09:12:33Z",
        account: "111122223333",
        region: "eu-west-1",
        detail: { result: "SUCCESS", "repository-name": "web", "action-type": "PUSH" },
      },
      { operation: ["detail-type", "detail.action-type"], outcome: ["detail.result"], account: ["account"] },
    ],
  ],
  "gcp-audit": [
    [
      {
        insertId: "i-1",
        timestamp: "2026-03-04T09:12:33.123456789Z",
        resource: { labels: { project_id: "shop" } },
        protoPayload: {
          serviceName: "compute.googleapis.com",
          methodName: "v1.compute.images.insert",
          resourceName: "projects/shop/global/images/base",
          authenticationInfo: { principalEmail: "dana@example.com" },
          requestMetadata: { callerIp: "198.51.100.7" },
          status: { code: 7 },
        },
      },
      {
        principal: ["protoPayload.authenticationInfo.principalEmail"],
        outcome: ["protoPayload.status.code"],
        errorCode: ["protoPayload.status.code"],
        account: ["resource.labels.project_id"],
        "images.made projects/shop/global/images/base  ": ["protoPayload.resourceName"],
      },
    ],
  ],
  docker: [
    [
      {
        Type: "image",
        Action: "push",
        Actor: { ID: "registry.example.com/web:1", Attributes: { name: "registry.example.com/web" } },
        time: 1772615553,
        timeNano: "1772615553000000001",
      },
      {
        occurredAt: ["time"],
        operation: ["Type", "Action"],
        "images.made registry.example.com/web 1 ": ["Actor.ID"],
      },
    ],
  ],
  "docker-hub": [
    [
      {
        push_data: { pushed_at: 1772615553, pusher: "dana", tag: "1" },
        repository: { repo_name: "shop/web", namespace: "shop" },
      },
      {
        occurredAt: ["push_data.pushed_at"],
        principal: ["push_data.pusher"],
        "images.made docker.io/shop/web 1 ": ["push_data.tag", "repository.repo_name"],
      },
    ],
  ],
  harbor: [
    [
      {
        type: "PUSH_ARTIFACT",
        occur_at: 1772615553,
        operator: "dana",
        event_data: {
          resources: [
            { tag: "1", resource_url: "hub.example.com/shop/web:1" },
            { tag: "2", resource_url: "hub.example.com/shop/web:2" },
          ],
          repository: { repo_full_name: "shop/web" },
        },
      },
      {
        operation: ["type"],
        principal: ["operator"],
        "images.made hub.example.com/shop/web 2 ": [
          "event_data.resources[0].resource_url",
          "event_data.resources[1].tag",
          "event_data.repository.repo_full_name",
        ],
      },
    ],
  ],
  falco: [
    [
      {
        time: "2026-03-04T09:12:33.123456789Z",
        rule: "Terminal shell in container",
        priority: "Notice",
        hostname: "node-1",
        output_fields: {
          "user.name": "root",
          "container.image.repository": "ghcr.io/a/web",
          "proc.cmdline": "sh",
        },
      },
      {
        operation: ["rule"],
        actor: ["hostname", 'output_fields["user.name"]'],
        "details.command": ['output_fields["proc.cmdline"]'],
      },
    ],
  ],
  sysdig: [
    [
      {
        id: "s-1",
        timestamp: "1772615553000000001",
        content: { ruleName: "Terminal shell", fields: { "user.name": "root" } },
        labels: { "host.hostName": "node-1" },
      },
      { operation: ["content.ruleName"], occurredAt: ["timestamp"], nativeId: ["id"] },
    ],
  ],
  "kubernetes-audit": [
    [
      audit,
      {
        operation: ["verb", "objectRef.resource"],
        sourceIp: ["sourceIPs[0]"],
        outcome: ["responseStatus.code"],
        "images.used ghcr.io/a/side 2 ": ["requestObject.spec.containers[1].image"],
      },
    ],
    [
      { category: "kube-audit", properties: { log: JSON.stringify(audit) } },
      {
        principal: ["properties.log → user.username"],
        "images.used ghcr.io/a/web 1 ": ["properties.log → requestObject.spec.containers[0].image"],
      },
    ],
  ],
};

describe("each field of an event has the raw fields that gave it", () => {
  test.for(
    Object.entries(CASES).flatMap(([source, cases]) =>
      cases.map(([record, paths]) => ({ source, record, paths })),
    ),
  )("$source", ({ source, record, paths }) => {
    expect(normalize(record)).toMatchObject({ ok: true, value: { logSource: source } });
    const found: Provenance | null = provenanceOf(record, normalize);
    for (const [field, expected] of Object.entries(paths)) {
      expect({ [field]: found?.get(field as "actor") }).toEqual({ [field]: expected });
    }
  });
});

test("what an event has from nowhere has no raw field", () => {
  const found = provenanceOf(cloudTrailRecord({ userAgent: undefined }), normalize);
  expect(found?.get("userAgent")).toBeUndefined();
  expect(found?.get("platform")).toBeUndefined();
});

test("hostile names are names", () => {
  const record = JSON.parse(
    JSON.stringify(cloudTrailRecord()).replace(
      '"requestParameters":null',
      '"requestParameters":{"__proto__":{"a":1},"constructor":"x","a.b":"y"},"__proto__":{"eventName":"PutImage"}',
    ),
  ) as JsonObject;
  const found = provenanceOf(record, normalize);
  expect(found?.get("operation")).toEqual(["eventName"]);
  expect(imageField({ role: "made", key: "k", tag: null, digest: null })).toBe("images.made k  ");
  expect(detailField("a")).toBe("details.a");
});

test.for<[name: string, record: JsonObject]>([
  ["is no event", { a: 1 }],
  [
    "has more values than can be asked about",
    cloudTrailRecord({ requestParameters: { a: Array(30_000).fill(1) } }),
  ],
  ["would take too long", cloudTrailRecord({ requestParameters: { a: "x".repeat(2_000_000) } })],
])("a record that %s has none", ([, record]) => {
  expect(provenanceOf(record, normalize)).toBeNull();
});

test("JSON in a text that is deeper than any log is a text", () => {
  const text = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  const record = cloudTrailRecord({ requestParameters: { text } });
  expect(provenanceOf(record, normalize)?.get("operation")).toEqual(["eventName"]);
});
