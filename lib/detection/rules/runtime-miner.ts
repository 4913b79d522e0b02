import { defineRule } from "../rule.ts";

export const runtimeMiner = defineRule({
  id: "runtime-miner",
  title: "A cryptominer ran in a container",
  why: "A miner is what implants in public images most often carry. Where one runs, the image that brought it is on other hosts too.",
  logic:
    "Falco or Sysdig reports that a known miner was executed, or that a container speaks with a mining pool.",
  family: "image-use",
  technique: "T1496",
  references: [
    "https://attack.mitre.org/techniques/T1496/",
    "https://falco.org/docs/reference/rules/default-rules/",
  ],
  falsePositives: ["None is known"],
  base: 70,
  match: [
    {
      platform: "container",
      logs: ["falco", "sysdig"],
      service: ["falco", "sysdig"],
      operation: {
        contains: [
          "cryptominer",
          "crypto miner",
          "miner pool",
          "miner using stratum",
          "outbound connections to common miner",
          "possible miner running",
        ],
      },
    },
  ],
});
