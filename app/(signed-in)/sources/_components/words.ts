import type { BackfillState } from "#lib/sumo/connection.ts";
import { DEPLOYMENTS, isDeployment } from "#lib/sumo/deployment.ts";
import type { HealthState } from "#lib/sumo/health.ts";

export const HEALTH_WORDS = {
  well: "well",
  waiting: "waiting",
  bad: "needs somebody",
  disabled: "disabled",
} as const satisfies Record<HealthState, string>;

export const BACKFILL_WORDS = {
  running: "running",
  paused: "paused",
  cancelled: "cancelled",
  done: "done",
} as const satisfies Record<BackfillState, string>;

/** Where a connection asks. */
export function placeWords({ deployment, apiUrl }: { deployment: string; apiUrl: string | null }): string {
  return isDeployment(deployment) ? `Sumo Logic ${DEPLOYMENTS[deployment].name}` : `Sumo Logic at ${apiUrl}`;
}
