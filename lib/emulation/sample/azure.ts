import { AzureLog, azureApplication, azurePerson, PROVIDERS } from "../azure-log.ts";
import type { Random } from "../random.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const BUILDER = azureApplication("image-builder", "7c1f0b5e-0000-4000-8000-0000000000b1");
const LEE = azurePerson("lee@example.com");

/** Two weeks of one Azure subscription up to `end`, as an Event Hub hands them over: JSON Lines. */
export function azureSample(random: Random, end: Date): string {
  const log = new AzureLog(random);
  for (let day = 13; day >= 0; day--) {
    const start = end.getTime() - (day + 1) * DAY_MS;
    log.operation(start + 2 * HOUR_MS, {
      operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
      resourceId: `${PROVIDERS}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE-${14 - day}`,
      callerIpAddress: "20.50.2.11",
      identity: BUILDER,
    });
    if (day > 3) {
      log.operation(start + 3 * HOUR_MS, {
        operationName: "MICROSOFT.COMPUTE/IMAGES/DELETE",
        resourceId: `${PROVIDERS}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE-${11 - day}`,
        callerIpAddress: "20.50.2.11",
        identity: BUILDER,
      });
    }
    for (let other = 0; other < 12; other++) {
      log.operation(start + random.below(DAY_MS), {
        operationName: random.pick([
          "MICROSOFT.STORAGE/STORAGEACCOUNTS/WRITE",
          "MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION",
        ]),
        resourceId: `${PROVIDERS}/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-${random.below(9)}`,
        callerIpAddress: "192.0.2.77",
        identity: LEE,
      });
    }
  }
  log.operation(end.getTime() - 30 * HOUR_MS, {
    operationName: "Microsoft.Compute/virtualMachines/capture/action",
    resourceId: `${PROVIDERS}/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-JUMP`,
    callerIpAddress: "203.0.113.66:51734",
    identity: LEE,
  });
  log.operation(end.getTime() - 28 * HOUR_MS, {
    operationName: "Microsoft.ContainerRegistry/registries/importImage/action",
    resourceId: `${PROVIDERS}/MICROSOFT.CONTAINERREGISTRY/REGISTRIES/CONTOSOPROD`,
    callerIpAddress: "203.0.113.66",
    identity: LEE,
    properties: {
      requestbody: JSON.stringify({
        source: { registryUri: "docker.io", sourceImage: "helpful/nginx:latest" },
        targetTags: ["web/nginx:stable"],
        mode: "Force",
      }),
    },
  });
  log.operation(
    end.getTime() - 27 * HOUR_MS,
    {
      operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
      resourceId: `${PROVIDERS}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE`,
      callerIpAddress: "203.0.113.66",
      identity: LEE,
    },
    ["Start", "Failed"],
  );
  const lines = log.records().map((row) => JSON.stringify(row));
  return `${[...lines, ...UNREADABLE].join("\n")}\n`;
}

/** What real exports also hold: a time that somebody blacked out, a line that was cut, another log altogether. */
const UNREADABLE = [
  '{"time":"redacted","resourceId":"/subscriptions/x","operationName":"MICROSOFT.COMPUTE/IMAGES/WRITE","resultType":"Success"}',
  '{"time":"2026-01-01T00:00:00Z","resourceId":"/subscriptions/x","operationN',
  '{"timestamp":"2026-01-01T00:00:00Z","level":"warn","message":"disk almost full"}',
];
