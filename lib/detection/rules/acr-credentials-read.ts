import { defineRule } from "../rule.ts";

export const acrCredentialsRead = defineRule({
  id: "acr-credentials-read",
  title: "The admin user's passwords of an Azure container registry were read",
  why: "The admin user may push and pull everything, is nobody in particular, and its passwords do not expire. Whoever has them needs no account any more.",
  logic: "Resource Manager is asked to list a registry's credentials, however it ended.",
  family: "registry-change",
  technique: "T1552",
  references: [
    "https://attack.mitre.org/techniques/T1552/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
  ],
  falsePositives: [
    "App Service and other services that still sign in as the admin user",
    "A pipeline that signs in as the admin user",
  ],
  base: 30,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: { contains: ["microsoft.containerregistry/registries/listcredentials/action"] },
    },
  ],
});
