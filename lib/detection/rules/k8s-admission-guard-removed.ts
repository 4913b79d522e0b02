import type { EventActor } from "#lib/logs/normalize/event.ts";
import { defineRule } from "../rule.ts";
import { ADMISSION_CHANGES, GKE_ADMISSION_CHANGES } from "../workload.ts";

export const k8sAdmissionGuardRemoved = defineRule({
  id: "k8s-admission-guard-removed",
  title: "A guard of a cluster's admission was removed or changed",
  why: "Admission webhooks and policies keep images that are not allowed out of a cluster. Without them, or with one that lets pass when it fails, every image is let in.",
  logic:
    "An admission webhook configuration, a validating or mutating admission policy or its binding, a policy of Kyverno or a constraint template of Gatekeeper is deleted, or a webhook configuration is updated or patched, whether it succeeds or fails: by the API server's audit log, or Google's. Updates by the cluster's own components (such as a certificate's renewal) do not count.",
  family: "image-guard",
  technique: "T1562.001",
  references: [
    "https://attack.mitre.org/techniques/T1562/001/",
    "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
  ],
  falsePositives: ["A policy engine that is installed anew or brought up to date"],
  base: 45,
  match: [
    {
      platform: "container",
      logs: ["kubernetes-audit"],
      service: ["kubernetes"],
      operation: ADMISSION_CHANGES,
    },
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["k8s.io"],
      operation: { contains: GKE_ADMISSION_CHANGES },
    },
  ],
  when: (event) => isRemoval(event.operation) || isByHand(event.actor),
});

function isRemoval(operation: string): boolean {
  return /delete/i.test(operation);
}

function isByHand(actor: EventActor | null): boolean {
  return actor !== null && actor.kind !== "service" && actor.kind !== "workload";
}
