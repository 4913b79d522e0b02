import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { LogEvent } from "./event.ts";
import { normalize } from "./normalize.ts";

/** A CloudTrail record as CloudTrail would write it; `overrides` replaces top-level fields, `undefined` removes one. */
export function cloudTrailRecord(overrides: Record<string, unknown> = {}): JsonObject {
  return plain({
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
  });
}

/** An Activity Log record in the form of diagnostic settings. */
export function azureRecord(overrides: Record<string, unknown> = {}): JsonObject {
  return plain({
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
  });
}

/** An entry of Google Cloud's audit log; `payload` replaces fields of its `protoPayload`. */
export function gcpRecord(
  payload: Record<string, unknown> = {},
  overrides: Record<string, unknown> = {},
): JsonObject {
  return plain({
    insertId: "abc123",
    logName: "projects/shop-prod/logs/cloudaudit.googleapis.com%2Factivity",
    timestamp: "2026-03-04T09:12:33.123456789Z",
    severity: "NOTICE",
    resource: { type: "gce_image", labels: { project_id: "shop-prod" } },
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      serviceName: "compute.googleapis.com",
      methodName: "v1.compute.images.insert",
      resourceName: "projects/shop-prod/global/images/web-42",
      authenticationInfo: { principalEmail: "dana@example.com" },
      requestMetadata: { callerIp: "198.51.100.7", callerSuppliedUserAgent: "google-cloud-sdk,gzip(gfe)" },
      ...payload,
    },
    ...overrides,
  });
}

/** A row of a container registry's own log in Azure. */
export function acrRecord(overrides: Record<string, unknown> = {}): JsonObject {
  return plain({
    TimeGenerated: "2026-03-04T09:12:33.1234567Z",
    OperationName: "Push",
    Category: "ContainerRegistryRepositoryEvents",
    LoginServer: "harbour.azurecr.io",
    Repository: "team/web",
    Tag: "1.4",
    Digest: `sha256:${"0a".repeat(32)}`,
    MediaType: "application/vnd.docker.distribution.manifest.v2+json",
    Identity: "dana@example.com",
    CallerIpAddress: "198.51.100.7",
    ResultType: "HttpStatusCode",
    ResultDescription: "201",
    ...overrides,
  });
}

/** A notification of a registry; `target` replaces fields of what was pushed, pulled or deleted. */
export function notificationRecord(
  overrides: Record<string, unknown> = {},
  target: Record<string, unknown> = {},
): JsonObject {
  return plain({
    id: "11111111-2222-4333-8444-555555555555",
    timestamp: "2026-03-04T09:12:33Z",
    action: "push",
    target: {
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: `sha256:${"0b".repeat(32)}`,
      repository: "team/web",
      tag: "1.4",
      ...target,
    },
    request: { addr: "198.51.100.7:42961", host: "registry.example.com", method: "PUT" },
    actor: { name: "dana" },
    ...overrides,
  });
}

/** What ECR tells EventBridge. */
export function ecrEventRecord(type: string, detail: Record<string, unknown>): JsonObject {
  return plain({
    version: "0",
    id: "11111111-2222-4333-8444-555555555555",
    "detail-type": type,
    source: "aws.ecr",
    account: "111122223333",
    time: "2026-03-04T09:12:33Z",
    region: "eu-west-1",
    detail: { result: "SUCCESS", "repository-name": "team/web", "image-tag": "1.4", ...detail },
  });
}

/** An event of a Docker daemon. */
export function dockerRecord(
  Type: string,
  Action: string,
  ID = "registry.example.com/team/web:1.4",
  Attributes: Record<string, unknown> = {},
): JsonObject {
  return plain({ Type, Action, Actor: { ID, Attributes }, scope: "local", time: 1_772_615_553 });
}

/** An event of a Kubernetes API server's audit log. */
export function kubernetesRecord(overrides: Record<string, unknown> = {}): JsonObject {
  return plain({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    auditID: "11111111-2222-4333-8444-555555555555",
    stage: "ResponseComplete",
    verb: "create",
    user: { username: "dana@example.com" },
    sourceIPs: ["198.51.100.7"],
    objectRef: { resource: "pods", namespace: "shop", name: "web-1", apiVersion: "v1" },
    requestObject: {
      metadata: { name: "web-1" },
      spec: { containers: [{ image: "registry.example.com/team/web:1.4" }] },
    },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: "2026-03-04T09:12:33.000000Z",
    ...overrides,
  });
}

/** An alert of Falco by its rule. */
export function falcoRecord(rule: string, fields: Record<string, unknown> = {}): JsonObject {
  return plain({
    hostname: "node-1",
    output: "something was seen",
    priority: "Warning",
    rule,
    time: "2026-03-04T09:12:33.000000000Z",
    output_fields: {
      "container.image.repository": "registry.example.com/team/web",
      "user.name": "root",
      ...fields,
    },
  });
}

/** A policy event of Sysdig by its rule. */
export function sysdigRecord(ruleName: string): JsonObject {
  return plain({
    id: "17",
    timestamp: "2026-03-04T09:12:33Z",
    severity: 4,
    content: { ruleName, fields: { "user.name": "root" } },
    labels: { "container.image.repo": "registry.example.com/team/web", "host.hostName": "node-1" },
  });
}

function plain(record: Record<string, unknown>): JsonObject {
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
