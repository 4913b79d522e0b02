import { defineRule } from "../rule.ts";

export const runtimePackageManager = defineRule({
  id: "runtime-package-manager",
  title: "A package manager ran in a container",
  why: "Packages belong into the build of an image. Installed into a running container they change it, and a commit makes an image of that.",
  logic: "Falco or Sysdig reports that a package management process was launched in a container.",
  family: "image-use",
  technique: "T1204.003",
  references: [
    "https://attack.mitre.org/techniques/T1204/003/",
    "https://falco.org/docs/reference/rules/default-rules/",
  ],
  falsePositives: ["Debugging in a running container", "Images that install at their start"],
  base: 40,
  match: [
    {
      platform: "container",
      logs: ["falco", "sysdig"],
      service: ["falco", "sysdig"],
      operation: { contains: ["package management process"] },
    },
  ],
});
