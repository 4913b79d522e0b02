import { touchesGuard } from "../event-facts.ts";
import { defineRule } from "../rule.ts";

export const acrOpened = defineRule({
  id: "acr-opened",
  title: "A guard of an Azure container registry was lowered",
  why: "The network rules, sign-in, quarantine and content trust of a registry hold back what else would be one stolen password away.",
  logic:
    "Resource Manager is asked to write a registry, however it ended, and the request switches on the admin user, anonymous pulls, or access from public networks, lets in by default, or switches off quarantine or content trust. Rows without a request do not fire.",
  family: "registry-change",
  technique: "T1562",
  references: [
    "https://attack.mitre.org/techniques/T1562/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks",
    "https://learn.microsoft.com/azure/container-registry/anonymous-pull-access",
  ],
  falsePositives: ["Setting up a registry", "A migration that needs the public endpoint for a time"],
  base: 35,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.containerregistry/registries/write"] },
    },
  ],
  when: touchesGuard,
});
