import { azurePerson, PROVIDERS } from "../azure-log.ts";
import { HOUR_MS } from "../cloudtrail-log.ts";
import type { Scenario } from "../scenario.ts";

export const acrImport: Scenario = {
  name: "acr-import",
  kind: "attack",
  what: "A person imports an image of a public registry over the stable tag of an Azure container registry.",
  play({ azure, end }) {
    azure.operation(
      end - HOUR_MS,
      {
        operationName: "Microsoft.ContainerRegistry/registries/importImage/action",
        resourceId: `${PROVIDERS}/MICROSOFT.CONTAINERREGISTRY/REGISTRIES/CONTOSOPROD`,
        callerIpAddress: "203.0.113.66",
        identity: azurePerson("lee@example.com"),
        properties: {
          requestbody: JSON.stringify({
            source: { registryUri: "docker.io", sourceImage: "helpful/nginx:latest" },
            targetTags: ["web/nginx:stable"],
            mode: "Force",
          }),
        },
      },
      ["Start", "Accept", "Success"],
    );
  },
};
