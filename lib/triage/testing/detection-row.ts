import type { DetectionRow } from "../detection.ts";

export const CI = { id: "ci", name: "role/ci", kind: "workload" };
export const EVE = { id: "eve", name: "eve", kind: "person" };

/** A push of CI's into ECR, but for what a test says otherwise. */
export function detectionRow(given: Partial<DetectionRow>): DetectionRow {
  return {
    occurredAt: new Date(0),
    eventId: "e",
    ruleId: "rule",
    score: 25,
    addends: [],
    logSource: "cloudtrail",
    service: "ecr.amazonaws.com",
    operation: "PutImage",
    outcome: "success",
    errorCode: null,
    correlationId: null,
    actor: CI,
    session: null,
    accessKey: "ASIA1",
    userAgent: null,
    sourceIp: "198.51.100.7",
    addressClass: "external",
    account: null,
    region: null,
    tag: null,
    digest: null,
    role: "made",
    source: null,
    facts: {},
    suppressedBy: null,
    brokeThrough: [],
    hiddenBefore: [],
    ...given,
  };
}
