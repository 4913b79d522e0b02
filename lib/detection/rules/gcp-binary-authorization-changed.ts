import { defineRule } from "../rule.ts";

export const gcpBinaryAuthorizationChanged = defineRule({
  id: "gcp-binary-authorization-changed",
  title: "The Binary Authorization policy or an attestor was changed",
  why: "Binary Authorization keeps images that nobody vouched for from being deployed. A laxer policy, or an attestor with another key, lets any image in.",
  logic:
    "The policy is updated, or an attestor is created, updated or deleted, in any API version, whether it succeeds or fails.",
  family: "image-guard",
  technique: "T1562.001",
  references: [
    "https://attack.mitre.org/techniques/T1562/001/",
    "https://cloud.google.com/binary-authorization/docs/overview",
  ],
  falsePositives: ["Bringing Binary Authorization in, step by step"],
  base: 45,
  match: [
    {
      platform: "gcp",
      logs: ["gcp-audit"],
      service: ["binaryauthorization.googleapis.com"],
      operation: {
        contains: [
          ".updatepolicy",
          ".createplatformpolicy",
          ".replaceplatformpolicy",
          ".deleteplatformpolicy",
          ".createattestor",
          ".updateattestor",
          ".deleteattestor",
        ],
      },
    },
  ],
});
