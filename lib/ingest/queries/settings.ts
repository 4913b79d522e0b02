import type { Transaction } from "#lib/db/client.ts";
import type { DetectionSettings } from "#lib/detection/detect.ts";
import { getOrganisation, holdOrganisation } from "#lib/organisation/queries/organisation.ts";
import { getRules, holdRules } from "#lib/rules/queries/in-force.ts";

/** What detection is told now. */
export async function getDetectionSettings(): Promise<DetectionSettings> {
  return { rules: await getRules(), organisation: await getOrganisation() };
}

/** The same, and nobody changes it until the transaction ends. Comes after `holdStore`. */
export async function holdDetectionSettings(client: Transaction): Promise<DetectionSettings> {
  return { rules: await holdRules(client), organisation: await holdOrganisation(client) };
}

/** Whether two were read with no change between them. */
export function isSame(one: DetectionSettings, other: DetectionSettings): boolean {
  return one.rules === other.rules && one.organisation === other.organisation;
}
