import { detail, hasDetail } from "../event-facts.ts";
import { defineRule } from "../rule.ts";
import { GKE_WORKLOAD_WRITES, WORKLOAD_WRITES } from "../workload.ts";

export const k8sBreakGlass = defineRule({
  id: "k8s-break-glass",
  title: "A workload was let past the image policy with break-glass",
  why: "The label says that nobody shall ask whether the image may run. It is meant for emergencies, and is what an attacker writes who has an image that would be refused.",
  logic:
    "A pod, or what makes pods, is created, updated or patched with the break-glass label or annotation of image policies, whether it succeeds or fails: by the API server's audit log, or Google's. Metadata alone (an audit policy that logs no request) does not show it.",
  family: "image-use",
  technique: "T1610",
  references: [
    "https://attack.mitre.org/techniques/T1610/",
    "https://cloud.google.com/binary-authorization/docs/using-breakglass",
    "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/",
  ],
  falsePositives: ["A documented emergency"],
  base: 50,
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
  when: (event) => hasDetail(event, "breakGlass") && detail(event, "breakGlass")?.toLowerCase() !== "false",
});
