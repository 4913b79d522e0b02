// npm run rebuild-aggregates
//
// Computes the kept numbers anew, beside a Barnacle that runs or with the database started for it.

import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { closeDatabase, connectTo, inTransaction } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { reachDatabase } from "#lib/db/reach.ts";

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

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
