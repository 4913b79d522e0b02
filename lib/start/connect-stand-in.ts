import { createConnection } from "#lib/sumo/commands/connections.ts";
import type { StandInAccess } from "./stand-in.ts";

/** Nobody has joined yet when it is made. */
const NOBODY = { id: "00000000-0000-0000-0000-000000000000" };

/** Makes the connection that pulls from the stand-in each minute, unless an earlier start has made it. */
export async function connectStandIn(
  { url, categories, accessId, accessKey }: StandInAccess,
  now: Date,
): Promise<void> {
  const settings = {
    name: "Stand-in for Sumo Logic",
    deployment: "custom",
    apiUrl: url,
    uiUrl: null,
    keyOwner: "",
    categories,
    profile: "images-and-context",
    ownQuery: null,
    everyMinutes: 1,
  } as const;
  const made = await createConnection(settings, { accessId, accessKey }, NOBODY, now);
  if (made.ok || made.reason.kind === "name-taken") return;
  throw new Error(`The connection to the stand-in was not made: ${made.reason.kind}.`);
}
