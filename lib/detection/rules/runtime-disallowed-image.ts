import { defineRule } from "../rule.ts";

export const runtimeDisallowedImage = defineRule({
  id: "runtime-disallowed-image",
  title: "A container of an image that is not allowed was started",
  why: "Somewhere a list says which images may run, and this one is not on it: a stranger's, or the own one's under another name.",
  logic:
    "Falco (of the kernel or of the Kubernetes audit log) or Sysdig reports a disallowed pod, container or image. The list is Falco's own.",
  family: "image-use",
  technique: "T1610",
  references: [
    "https://attack.mitre.org/techniques/T1610/",
    "https://falco.org/docs/reference/rules/default-rules/",
  ],
  falsePositives: ["A list that has not been brought up to date"],
  base: 40,
  match: [
    {
      platform: "container",
      logs: ["falco", "sysdig"],
      service: ["falco", "sysdig"],
      operation: {
        contains: [
          "disallowed pod",
          "disallowed container",
          "disallowed image",
          "unrecognized container image",
          "not in allowed list",
        ],
      },
    },
  ],
});
