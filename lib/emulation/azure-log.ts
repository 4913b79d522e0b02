import type { JsonObject } from "#lib/json.ts";
import type { Random } from "./random.ts";

const STEP_MS = 40_000;
const SUBSCRIPTION = "0A1B2C3D-0000-4000-8000-000000000001";
/** Where the resources of the invented subscription lie, as Azure writes it when it is in the mood. */
export const PROVIDERS = `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/RG-IMAGES/PROVIDERS`;

const UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

/** A service principal, as `identity` of a row. */
export function azureApplication(name: string, appid: string): JsonObject {
  return {
    authorization: { evidence: { principalType: "ServicePrincipal", principalId: appid } },
    claims: { appid, idtyp: "app", app_displayname: name },
  };
}

/** A person who works in the portal, as `identity` of a row. */
export function azurePerson(upn: string): JsonObject {
  return { claims: { [UPN]: upn, appid: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" } };
}

/** Gathers operations and writes them down as an Event Hub hands on the Activity Log. */
export class AzureLog {
  readonly #random: Random;
  readonly #rows: JsonObject[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** By time, as they were logged. */
  records(): JsonObject[] {
    return this.#rows.sort((a, b) => String(a.time).localeCompare(String(b.time)));
  }

  /** One row for each result that an operation goes through; they share its correlation id. */
  operation(time: number, what: JsonObject, results: readonly string[] = ["Start", "Success"]): void {
    const correlationId = this.#random.uuid();
    results.forEach((resultType, step) => {
      this.#rows.push({
        time: new Date(time + step * STEP_MS).toISOString().replace("Z", "1234Z"),
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
  }
}
