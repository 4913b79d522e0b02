import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "./fixtures.ts";
import { parseReference } from "./image-reference.ts";
import { normalize } from "./normalize.ts";

const DIGEST = `sha256:${"0e".repeat(32)}`;
const AT = new Date("2026-03-04T09:12:33Z");
const SECONDS = AT.getTime() / 1000;

describe("Docker's events", () => {
  const docker = (Type: string, Action: string, ID: string, Attributes: JsonObject = {}): JsonObject => ({
    Type,
    Action,
    Actor: { ID, Attributes },
    scope: "local",
    time: SECONDS,
    timeNano: `${SECONDS}640940207`,
  });

  test.for<[name: string, record: JsonObject, expected: object]>([
    [
      "a push",
      docker("image", "push", "registry.example.com/team/web:1.4", { name: "registry.example.com/team/web" }),
      {
        operation: "image push",
        images: [{ key: "registry.example.com/team/web", role: "made", tag: "1.4" }],
      },
    ],
    [
      "a tag on an id",
      docker("image", "tag", DIGEST, { name: "web:dev" }),
      { images: [{ key: "docker.io/library/web", role: "made", tag: "dev" }] },
    ],
    [
      "a delete of an id",
      docker("image", "delete", DIGEST, { name: DIGEST }),
      { images: [], subject: `image:${DIGEST}` },
    ],
    [
      "a pull",
      docker("image", "pull", "nginx:alpine"),
      { images: [{ key: "docker.io/library/nginx", role: "used", tag: "alpine" }] },
    ],
    [
      "a container committed to an image",
      docker("container", "commit", "c0ffee", { image: "web:dev", name: "w" }),
      {
        operation: "container commit",
        images: [{ role: "source" }],
        details: { container: "c0ffee", name: "w" },
      },
    ],
    [
      "a command in a container",
      docker("container", "exec_create: /bin/sh -c x", "c0ffee", { image: "web" }),
      { operation: "container exec_create", details: { command: "/bin/sh -c x" } },
    ],
    ["a volume", docker("volume", "create", "data"), { images: [], subject: "volume:data" }],
  ])("%s", ([, record, expected]) => {
    const event = eventOf(record);
    expect(event).toMatchObject({
      platform: "container",
      logSource: "docker",
      occurredAt: AT,
      outcome: "success",
      actor: null,
      sourceIp: null,
    });
    expect(event).toMatchObject(expected);
  });

  test("no time", () => {
    expect(normalize({ ...docker("image", "push", "x"), time: "soon" })).toMatchObject({
      reason: { reason: "no-time" },
    });
  });
});

describe("Harbor's webhooks", () => {
  const hook: JsonObject = {
    type: "PUSH_ARTIFACT",
    occur_at: SECONDS,
    operator: "Robot$ci",
    event_data: {
      resources: [{ digest: DIGEST, tag: "1.4", resource_url: "Hub.example.com/team/web:1.4" }],
      repository: { name: "web", namespace: "team", repo_full_name: "team/web" },
    },
  };

  test("a push", () => {
    expect(eventOf(hook)).toMatchObject({
      logSource: "harbor",
      operation: "PUSH_ARTIFACT",
      occurredAt: AT,
      outcome: "success",
      actor: { key: "hub.example.com/robot$ci", name: "Robot$ci" },
      images: [{ key: "hub.example.com/team/web", role: "made", tag: "1.4", digest: DIGEST }],
    });
  });

  test.for([
    ["PULL_ARTIFACT", "success", "used"],
    ["DELETE_ARTIFACT", "success", "changed"],
    ["SCANNING_FAILED", "failure", "used"],
    ["pushImage", "success", "made"],
  ])("%s is %s, the image %s", ([type = "", outcome, role]) => {
    expect(eventOf({ ...hook, type })).toMatchObject({ outcome, images: [{ role }] });
  });

  test("nothing named", () => {
    expect(eventOf({ ...hook, event_data: {} })).toMatchObject({
      images: [],
      subject: "registry:unknown-registry",
    });
    expect(normalize({ ...hook, occur_at: null })).toMatchObject({ reason: { reason: "no-time" } });
  });
});

describe("Docker Hub", () => {
  const hook: JsonObject = {
    callback_url: "https://registry.hub.docker.com/u/team/web/hook/1/",
    push_data: { pushed_at: SECONDS, pusher: "Dana", tag: "1.4" },
    repository: { name: "web", namespace: "team", repo_name: "team/web", is_private: true },
  };
  const row: JsonObject = {
    account: "team",
    action: "repo.tag.push",
    name: "web",
    actor: "dana",
    data: { tag: "1.4", digest: DIGEST },
    timestamp: AT.toISOString(),
    action_description: "pushed the tag 1.4",
  };

  test("a push, by webhook and by a row of the audit log", () => {
    const expected = {
      occurredAt: AT,
      actor: { key: "docker.io/dana" },
      account: "team",
      images: [{ key: "docker.io/team/web", role: "made", tag: "1.4" }],
    };
    expect(eventOf(hook)).toMatchObject({ operation: "push", ...expected });
    expect(eventOf(row)).toMatchObject({ operation: "repo.tag.push", ...expected });
  });

  test("other work", () => {
    expect(eventOf({ ...row, action: "repo.change.privacy" }).images).toMatchObject([{ role: "changed" }]);
    expect(eventOf({ ...row, action: "org.member.add" })).toMatchObject({ images: [], subject: "name:web" });
    expect(normalize({ ...row, timestamp: "x" })).toMatchObject({ reason: { reason: "no-time" } });
  });
});

describe("Falco and Sysdig", () => {
  const alert: JsonObject = {
    hostname: "node-1",
    output: "A shell was spawned",
    priority: "Notice",
    rule: "Terminal shell in container",
    source: "syscall",
    time: "2026-03-04T09:12:33.000000000Z",
    output_fields: {
      "container.id": "c0ffee",
      "container.image.repository": "registry.example.com/team/web",
      "container.image.tag": "1.4",
      "container.image.digest": [DIGEST],
      "evt.time.iso8601": "1772615553000000000",
      "k8s.pod.name": null,
      "proc.cmdline": "sh -i",
      "user.name": "root",
    },
  };

  test("an alert of Falco", () => {
    expect(eventOf(alert)).toMatchObject({
      logSource: "falco",
      operation: "Terminal shell in container",
      occurredAt: AT,
      actor: { key: "host/node-1/root", name: "root" },
      images: [{ key: "registry.example.com/team/web", role: "used", tag: "1.4", digest: DIGEST }],
      details: { priority: "Notice", command: "sh -i", container: "c0ffee" },
    });
  });

  test("one with the image in one piece, and one without", () => {
    expect(eventOf({ ...alert, output_fields: { "container.image": "web:2" } }).images).toMatchObject([
      { key: "docker.io/library/web", tag: "2" },
    ]);
    expect(eventOf({ ...alert, output_fields: {} })).toMatchObject({
      images: [],
      subject: "host:node-1",
      actor: null,
    });
    expect(normalize({ ...alert, time: "x" })).toMatchObject({ reason: { reason: "no-time" } });
  });

  test("a policy event of Sysdig", () => {
    const event = {
      id: "17",
      timestamp: `${SECONDS}000000000`,
      severity: 4,
      containerId: "c0ffee",
      content: { ruleName: "Drift detected", fields: { "proc.cmdline": "x", "user.name": "root" } },
      labels: {
        "container.image.repo": "docker.io/team/web",
        "container.image.tag": "1",
        "host.hostName": "node-1",
      },
    };
    expect(eventOf(event)).toMatchObject({
      logSource: "sysdig",
      operation: "Drift detected",
      occurredAt: AT,
      actor: { key: "host/node-1/root" },
      images: [{ key: "docker.io/team/web", tag: "1" }],
      details: { priority: "4", container: "c0ffee" },
    });
    expect(normalize({ ...event, timestamp: true })).toMatchObject({ reason: { reason: "no-time" } });
  });
});

describe("the audit log of Kubernetes", () => {
  const audit: JsonObject = {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "RequestResponse",
    auditID: "11111111-2222-4333-8444-555555555555",
    stage: "ResponseComplete",
    verb: "create",
    user: { username: "system:serviceaccount:ci:deployer", groups: ["system:serviceaccounts"] },
    sourceIPs: ["198.51.100.7"],
    userAgent: "kubectl/1.31",
    objectRef: { resource: "pods", namespace: "shop", name: "web-1", apiVersion: "v1" },
    requestObject: {
      spec: {
        containers: [{ image: "registry.example.com/team/web:1.4" }, { image: "nginx" }],
        initContainers: [{ image: "nginx" }],
      },
    },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: "2026-03-04T09:12:33.000000Z",
  };

  test("a pod that is made uses its images", () => {
    expect(eventOf(audit)).toMatchObject({
      logSource: "kubernetes-audit",
      operation: "create pods",
      outcome: "success",
      occurredAt: AT,
      actor: { kind: "workload", name: "ci:deployer" },
      sourceIp: "198.51.100.7",
      images: [
        { key: "registry.example.com/team/web", tag: "1.4", role: "used" },
        { key: "docker.io/library/nginx" },
      ],
      subject: "pods:shop/web-1",
    });
  });

  test("what makes pods", () => {
    const template = { spec: { containers: [{ image: "a:1" }] } };
    const job = { spec: { jobTemplate: { spec: { template } } } };
    for (const requestObject of [{ spec: { template } }, job]) {
      expect(eventOf({ ...audit, requestObject }).images).toMatchObject([{ name: "library/a", tag: "1" }]);
    }
    const many = { spec: { containers: Array.from({ length: 500 }, (_, at) => ({ image: `a${at}` })) } };
    expect(eventOf({ ...audit, requestObject: many }).images).toHaveLength(50);
  });

  test("by AKS it is the same event, with its cluster", () => {
    const cluster =
      "/subscriptions/0a1b/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/c";
    const aks = {
      time: "2026-03-04T09:12:34Z",
      category: "kube-audit",
      operationName: "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
      properties: { log: JSON.stringify(audit), stream: "stdout" },
      resourceId: cluster.toUpperCase(),
    };
    const event = eventOf(aks);
    expect(event).toMatchObject({
      logSource: "kubernetes-audit",
      account: "0a1b",
      details: { cluster: cluster.toLowerCase() },
    });
    expect(event.id).toBe(eventOf(audit).id);
  });

  test.for<[name: string, overrides: JsonObject, expected: object]>([
    [
      "denied by Kyverno",
      {
        responseStatus: {
          code: 400,
          reason: "BadRequest",
          message: 'admission webhook "validate.kyverno.svc-fail" denied the request: no',
        },
      },
      { outcome: "failure", errorCode: "BadRequest", details: { deniedBy: "validate.kyverno.svc-fail" } },
    ],
    ["forbidden", { responseStatus: { code: 403 } }, { outcome: "failure", errorCode: "403" }],
    ["not answered yet", { responseStatus: null }, { outcome: "unknown" }],
    ["of the cluster itself", { user: { username: "system:node:a" } }, { actor: { kind: "service" } }],
    [
      "of a person",
      { user: { username: "Dana@example.com" } },
      { actor: { kind: "person", key: "kubernetes/dana@example.com" } },
    ],
    [
      "a part of a resource",
      { objectRef: { resource: "pods", subresource: "exec", name: "a" } },
      { operation: "create pods/exec", subject: "pods/exec:a" },
    ],
  ])("%s", ([, overrides, expected]) => {
    expect(eventOf({ ...audit, ...overrides })).toMatchObject(expected);
  });

  test("what is missing", () => {
    expect(normalize({ ...audit, verb: null })).toMatchObject({ reason: { reason: "no-operation" } });
    expect(normalize({ ...audit, requestReceivedTimestamp: null })).toMatchObject({
      reason: { reason: "no-time" },
    });
  });
});

test.for<[text: string, reference: object | null]>([
  ["nginx", { host: "docker.io", repository: "library/nginx", tag: null, digest: null }],
  ["nginx:8080", { host: "docker.io", repository: "library/nginx", tag: "8080" }],
  ["team/web:1.4", { host: "docker.io", repository: "team/web", tag: "1.4" }],
  ["localhost:5000/web", { host: "localhost:5000", repository: "web", tag: null }],
  ["a.b:5000/c/d:e", { host: "a.b:5000", repository: "c/d", tag: "e" }],
  [`a.b/c@${DIGEST}`, { host: "a.b", repository: "c", digest: DIGEST }],
  ["index.docker.io/library/nginx", { host: "docker.io", repository: "library/nginx" }],
  [DIGEST, null],
  ["0e".repeat(32), null],
  ["", null],
  ["a b", null],
  ["https://a/b", null],
])("the reference %s", ([text, reference]) => {
  if (reference) expect(parseReference(text)).toMatchObject(reference);
  else expect(parseReference(text)).toBeNull();
});
