import type { Transaction } from "#lib/db/client.ts";
import type { DetectionSettings } from "#lib/detection/detect.ts";
import { rulesOf } from "#lib/detection/rules.ts";
import { env } from "#lib/env.ts";
import { getOrganisation, holdOrganisation } from "#lib/organisation/queries/organisation.ts";

/** What detection is told now. */
export async function getDetectionSettings(): Promise<DetectionSettings> {
  return { rules: rulesOf(env()), organisation: await getOrganisation() };
}

/** The same, and nobody changes it until the transaction ends. Comes after `holdStore`. */
export async function holdDetectionSettings(client: Transaction): Promise<DetectionSettings> {
  return { rules: rulesOf(env()), organisation: await holdOrganisation(client) };
}

/** Whether two were read with no change between them. */
export function isSame(one: DetectionSettings, other: DetectionSettings): boolean {
  return one.organisation === other.organisation;
}
