import { defineRule } from "../rule.ts";

export const runtimeNewBinary = defineRule({
  id: "runtime-new-binary",
  title: "A container ran a program that its image does not hold",
  why: "A container is meant to run what its image brought. A program that was written afterwards and is run is an implant at work, or how one is made before a commit.",
  logic:
    "Falco or Sysdig reports that a new binary was dropped and executed, or that a container drifted from its image.",
  family: "image-use",
  technique: "T1204.003",
  references: [
    "https://attack.mitre.org/techniques/T1204/003/",
    "https://falco.org/docs/reference/rules/default-rules/",
  ],
  falsePositives: ["Containers that bring themselves up to date or install plugins"],
  base: 60,
  match: [
    {
      platform: "container",
      logs: ["falco", "sysdig"],
      service: ["falco", "sysdig"],
      operation: {
        contains: [
          "new binary in container",
          "container drift",
          "drift detected",
          "drift detection",
          "binary not part of base image",
        ],
      },
    },
  ],
});
