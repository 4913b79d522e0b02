import { describe, expect, test } from "vitest";
import { refusalWords, refusingPolicies } from "./admission-refusal.ts";
import { eventOf } from "./fixtures.ts";

const KYVERNO = `admission webhook "validate.kyverno.svc-fail" denied the request: 

resource Pod/prod/web was blocked due to the following policies 

verify-image:
  check-signature: 'failed to verify image ghcr.io/a/web:1: .attestors[0].entries[0].keys: no matching signatures'
disallow-latest-tag:
  require-image-tag: 'validation error: An image tag is required. rule require-image-tag
    failed at path /image/'
  validate-image-tag: ''`;

const GATEKEEPER = `admission webhook "validation.gatekeeper.sh" denied the request: [allowed-repos] container <web> has an invalid image repo <docker.io/evil>, allowed repos are ["ghcr.io/a/"]
[must-have.owner] you must provide labels: {"owner"}`;

describe("which policies refuse", () => {
  test.for<[name: string, webhook: string, message: string, policies: string[]]>([
    [
      "Kyverno",
      "validate.kyverno.svc-fail",
      KYVERNO,
      [
        "verify-image/check-signature",
        "disallow-latest-tag/require-image-tag",
        "disallow-latest-tag/validate-image-tag",
      ],
    ],
    ["Gatekeeper", "validation.gatekeeper.sh", GATEKEEPER, ["allowed-repos", "must-have.owner"]],
    ["another webhook", "x.example.com", 'admission webhook "x.example.com" denied the request: no', []],
    ["nothing but spaces", "kyverno", " ".repeat(4000), []],
  ])("%s", ([, webhook, message, policies]) => {
    expect(refusingPolicies(webhook, message)).toEqual(policies);
  });

  test("no more than a message may name", () => {
    const message = `denied the request: ${Array.from({ length: 99 }, (_, at) => `[p${at}] no`).join("\n")}`;
    expect(refusingPolicies("gatekeeper", message)).toHaveLength(20);
  });
});

test("why, in one line", () => {
  expect(refusalWords("a\n\n  b\tc ")).toBe("a b c");
  const cut = refusalWords("😀".repeat(300));
  expect(cut.length).toBeLessThanOrEqual(400);
  expect(cut.isWellFormed()).toBe(true);
});

const audit = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  auditID: "a-1",
  verb: "create",
  user: { username: "dana@example.com" },
  sourceIPs: ["198.51.100.7"],
  objectRef: { resource: "pods", namespace: "prod", name: "web" },
  requestObject: { spec: { containers: [{ image: "docker.io/evil/web:1" }] } },
  responseStatus: { code: 403, reason: "Forbidden", message: GATEKEEPER },
  requestReceivedTimestamp: "2026-03-04T09:12:33.123456Z",
};

const refused = {
  logSource: "kubernetes-audit",
  operation: "create pods",
  outcome: "failure",
  principal: "dana@example.com",
  sourceIp: "198.51.100.7",
  images: [{ key: "docker.io/evil/web", tag: "1", role: "used" }],
  details: {
    namespace: "prod",
    deniedBy: "validation.gatekeeper.sh",
    policies: ["allowed-repos", "must-have.owner"],
    refusal: expect.stringContaining("invalid image repo <docker.io/evil>"),
  },
};

test("a refused pod, direct, by AKS, and as a row of its table", () => {
  expect(eventOf(audit)).toMatchObject(refused);
  const cluster =
    "/SUBSCRIPTIONS/0A1B/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/K";
  const wrapped = {
    category: "kube-audit-admin",
    resourceId: cluster,
    properties: { log: JSON.stringify(audit) },
  };
  expect(eventOf(wrapped)).toMatchObject({ ...refused, id: eventOf(audit).id, account: "0a1b" });

  const row = {
    AuditId: "a-1",
    Verb: "create",
    User: audit.user,
    SourceIps: audit.sourceIPs,
    ObjectRef: audit.objectRef,
    RequestObject: audit.requestObject,
    ResponseStatus: audit.responseStatus,
    TimeGenerated: "2026-03-04T09:12:33.123456Z",
    Type: "AKSAudit",
  };
  expect(eventOf(row)).toMatchObject({ ...refused, nativeId: "a-1" });
  const texts = Object.entries(row).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  expect(eventOf(Object.fromEntries(texts))).toMatchObject(refused);
});
