import { defineRule } from "../rule.ts";

export const runtimeEntrypointChanged = defineRule({
  id: "runtime-entrypoint-changed",
  title: "The entrypoint of a container was changed",
  why: "What a container runs at its start was written over while it ran. With the next commit, or the next start, the other program is run.",
  logic: "Falco or Sysdig reports that a container's entrypoint was modified.",
  family: "image-use",
  technique: "T1204.003",
  references: [
    "https://attack.mitre.org/techniques/T1204/003/",
    "https://falco.org/docs/reference/rules/default-rules/",
  ],
  falsePositives: ["Images that write their own start script"],
  base: 45,
  match: [
    {
      platform: "container",
      logs: ["falco", "sysdig"],
      service: ["falco", "sysdig"],
      operation: { contains: ["modify container entrypoint"] },
    },
  ],
});
