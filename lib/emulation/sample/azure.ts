import type { JsonObject } from "#lib/json.ts";
import type { Random } from "../random.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUBSCRIPTION = "0A1B2C3D-0000-4000-8000-000000000001";
const GROUP = `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/RG-IMAGES/PROVIDERS`;
const UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

const BUILDER: JsonObject = {
  authorization: {
    evidence: { principalType: "ServicePrincipal", principalId: "7c1f0b5e-0000-4000-8000-0000000000b1" },
  },
  claims: { appid: "7c1f0b5e-0000-4000-8000-0000000000b1", idtyp: "app", app_displayname: "image-builder" },
};
const LEE: JsonObject = {
  claims: { [UPN]: "lee@example.com", appid: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" },
};

/** Two weeks of one Azure subscription up to `end`, as an Event Hub hands them over: JSON Lines. */
export function azureSample(random: Random, end: Date): string {
  const rows: JsonObject[] = [];
  const operation = (time: number, what: JsonObject, results: readonly string[] = ["Start", "Success"]) => {
    const correlationId = random.uuid();
    results.forEach((resultType, step) => {
      rows.push({
        time: new Date(time + step * 40_000).toISOString().replace("Z", "1234Z"),
        category: "Administrative",
        resultType,
        resultSignature: resultType === "Success" ? "Succeeded.Created" : `${resultType}.`,
        durationMs: "0",
        correlationId,
        level: "Information",
        location: "global",
        ...what,
      });
    });
  };

  for (let day = 13; day >= 0; day--) {
    const start = end.getTime() - (day + 1) * DAY_MS;
    operation(start + 2 * HOUR_MS, {
      operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
      resourceId: `${GROUP}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE-${14 - day}`,
      callerIpAddress: "20.50.2.11",
      identity: BUILDER,
    });
    if (day > 3) {
      operation(start + 3 * HOUR_MS, {
        operationName: "MICROSOFT.COMPUTE/IMAGES/DELETE",
        resourceId: `${GROUP}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE-${11 - day}`,
        callerIpAddress: "20.50.2.11",
        identity: BUILDER,
      });
    }
    for (let other = 0; other < 12; other++) {
      operation(start + random.below(DAY_MS), {
        operationName: random.pick([
          "MICROSOFT.STORAGE/STORAGEACCOUNTS/WRITE",
          "MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION",
        ]),
        resourceId: `${GROUP}/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-${random.below(9)}`,
        callerIpAddress: "192.0.2.77",
        identity: LEE,
      });
    }
  }
  operation(end.getTime() - 30 * HOUR_MS, {
    operationName: "Microsoft.Compute/virtualMachines/capture/action",
    resourceId: `${GROUP}/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-JUMP`,
    callerIpAddress: "203.0.113.66:51734",
    identity: LEE,
  });
  operation(end.getTime() - 28 * HOUR_MS, {
    operationName: "Microsoft.ContainerRegistry/registries/importImage/action",
    resourceId: `${GROUP}/MICROSOFT.CONTAINERREGISTRY/REGISTRIES/CONTOSOPROD`,
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
  operation(
    end.getTime() - 27 * HOUR_MS,
    {
      operationName: "MICROSOFT.COMPUTE/IMAGES/WRITE",
      resourceId: `${GROUP}/MICROSOFT.COMPUTE/IMAGES/WEB-BASE`,
      callerIpAddress: "203.0.113.66",
      identity: LEE,
    },
    ["Start", "Failed"],
  );
  const lines = rows
    .sort((a, b) => String(a.time).localeCompare(String(b.time)))
    .map((row) => JSON.stringify(row));
  return `${[...lines, ...UNREADABLE].join("\n")}\n`;
}

/** What real exports also hold: a time that somebody blacked out, a line that was cut, another log altogether. */
const UNREADABLE = [
  '{"time":"redacted","resourceId":"/subscriptions/x","operationName":"MICROSOFT.COMPUTE/IMAGES/WRITE","resultType":"Success"}',
  '{"time":"2026-01-01T00:00:00Z","resourceId":"/subscriptions/x","operationN',
  '{"timestamp":"2026-01-01T00:00:00Z","level":"warn","message":"disk almost full"}',
];
