// npm run rebuild-aggregates
//
// Computes the kept numbers anew, beside a Barnacle that runs or with the database started for it.

import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { closeDatabase, connectTo, inTransaction } from "#lib/db/client.ts";
import { claimFolder } from "#lib/db/embedded/claim.ts";
import { openFolder } from "#lib/db/embedded/folder.ts";
import { startEmbedded } from "#lib/db/embedded/server.ts";
import { migrate } from "#lib/db/migrate.ts";
import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";

type Reached = { connectionString: string; leave(): Promise<void> };

const reached = await reachDatabase();
if (!reached.ok) giveUp(reached.reason);
try {
  const migrated = await migrate(reached.value.connectionString);
  if (!migrated.ok) giveUp(migrated.reason.sentence);
  connectTo({ connectionString: reached.value.connectionString });
  for (const { table, rows, corrected } of await inTransaction(rebuildAggregates)) {
    const verdict = corrected === 0 ? "all as kept" : `${corrected.toLocaleString("en-GB")} corrected`;
    console.log(`${table}: ${rows.toLocaleString("en-GB")} rows, ${verdict}`);
  }
} finally {
  await closeDatabase();
  await reached.value.leave();
}
process.exit(0);

/** The server of `DATABASE_URL`, the one of the Barnacle that runs from the data folder, or one started for the moment. */
async function reachDatabase(): Promise<Outcome<Reached, string>> {
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

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
