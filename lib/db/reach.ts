import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { claimFolder } from "./embedded/claim.ts";
import { openFolder } from "./embedded/folder.ts";
import { startEmbedded } from "./embedded/server.ts";

export type Reached = { connectionString: string; leave(): Promise<void> };

/**
 * For a command of a terminal: the server of `DATABASE_URL`, the one of the Barnacle that runs from the data folder, or
 * one started for the moment, which stops again with `leave`. A failure is a sentence.
 */
export async function reachDatabase(): Promise<Outcome<Reached, string>> {
  const { databaseUrl, dataFolder } = env();
  if (databaseUrl) return success({ connectionString: databaseUrl, leave: async () => {} });
  const folder = await openFolder(dataFolder);
  if (!folder.ok) return failure(folder.reason.sentence);
  const started = await startEmbedded({ dataFolder });
  if (!started.ok) return failure(started.reason.sentence);
  const server = started.value;
  const claimed = await claimFolder(server.connectionString);
  if (!claimed.ok && claimed.reason === "ending") {
    return failure(`Barnacle is just stopping in ${dataFolder}. Try again in a moment.`);
  }
  const leave = claimed.ok ? () => server.stop() : async () => {};
  return success({ connectionString: server.connectionString, leave });
}
