import { defineRule } from "../rule.ts";

export const acrTokenChanged = defineRule({
  id: "acr-token-changed",
  title: "Passwords, tokens or scopes of an Azure container registry were made or changed",
  why: "A token or a new password is a key of the registry that no directory knows. It goes on working when the account that made it is closed.",
  logic:
    "Resource Manager is asked to write a token, a scope map or a credential set, or to generate or regenerate credentials, however it ended.",
  family: "registry-change",
  technique: "T1098.001",
  references: [
    "https://attack.mitre.org/techniques/T1098/001/",
    "https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions",
  ],
  falsePositives: [
    "Setting up a device or a partner that pulls with a token",
    "Regular rotation of passwords",
  ],
  base: 30,
  match: [
    {
      platform: "azure",
      logs: ["azure-activity"],
      operation: {
        contains: [
          "microsoft.containerregistry/registries/tokens/write",
          "microsoft.containerregistry/registries/scopemaps/write",
          "microsoft.containerregistry/registries/credentialsets/write",
          "microsoft.containerregistry/registries/generatecredentials/action",
          "microsoft.containerregistry/registries/regeneratecredential/action",
        ],
      },
    },
  ],
});
