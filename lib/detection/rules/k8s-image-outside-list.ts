import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { defineRule, type Rule } from "../rule.ts";
import { GKE_WORKLOAD_WRITES, WORKLOAD_WRITES } from "../workload.ts";

/** Knows no list yet, and does not fire: see `allowingOnly`. */
export const k8sImageOutsideList = defineRule({
  id: "k8s-image-outside-list",
  title: "A workload is to run an image from outside the allowed list",
  why: "Whoever may create pods but not push to the own registries brings an image from elsewhere. It passed none of the own scans, and whoever owns it can change it at any time.",
  logic:
    "A pod, or what makes pods, is created, updated or patched with an image that is of none of the registries and repositories in BARNACLE_ALLOWED_IMAGES, whether it succeeds or fails: by the API server's audit log, or Google's. Without that list it never fires. Metadata alone (an audit policy that logs no request) does not show images.",
  family: "image-use",
  technique: "T1610",
  references: [
    "https://attack.mitre.org/techniques/T1610/",
    "https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/",
  ],
  falsePositives: [
    "A list that has not been brought up to date",
    "Add-ons that the cloud's provider installs from registries of its own",
  ],
  base: 30,
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
  when: () => false,
});

/**
 * The rule with the organisation's list: registries (`registry.example.com`) and repositories or what they begin with, up to
 * a slash (`docker.io/library`).
 */
export function allowingOnly(allowed: readonly string[]): Rule {
  const places = allowed.map((place) => `${place.toLowerCase().replace(/\/+$/, "")}/`);
  if (places.length === 0) return k8sImageOutsideList;
  const isAllowed = (key: string) => places.some((place) => `${key.toLowerCase()}/`.startsWith(place));
  return {
    ...k8sImageOutsideList,
    when: ({ images }: LogEvent) => images.some(({ key, role }) => role === "used" && !isAllowed(key)),
  };
}
