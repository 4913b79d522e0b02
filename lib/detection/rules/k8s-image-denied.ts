import { hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";
import { GKE_WORKLOAD_WRITES, WORKLOAD_WRITES } from "../workload.ts";

export const k8sImageDenied = defineRule({
  id: "k8s-image-denied",
  title: "A workload was refused by an admission policy",
  why: "Somebody tried to run an image, or to run it in a way, that the cluster's policies refuse. What was tried, and from which image, is told before it succeeds elsewhere.",
  logic:
    "Creating, updating or patching a pod, or what makes pods, failed because an admission webhook (Kyverno, OPA Gatekeeper, an image policy) or a validating policy denied it: by the API server's audit log, or Google's.",
  family: "image-use",
  technique: "T1610",
  references: [
    "https://attack.mitre.org/techniques/T1610/",
    "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    "https://kyverno.io/docs/policy-types/",
  ],
  falsePositives: ["A developer who learns the policies", "A policy that has become stricter"],
  base: 35,
  match: [
    {
      platform: "container",
      logs: ["kubernetes-audit"],
      service: ["kubernetes"],
      operation: WORKLOAD_WRITES,
    },
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["k8s.io"],
      operation: { contains: GKE_WORKLOAD_WRITES },
    },
  ],
  when: (event) => event.outcome === "failure" && hasDetail(event, "deniedBy"),
});
