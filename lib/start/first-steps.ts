import { createFirstAdminLink } from "#lib/access/commands/links.ts";
import { importSamples } from "#lib/ingest/samples/import-samples.ts";

/**
 * What is done once at each start, in a process of its own: it reads the database's address from the environment, as
 * the application does, and the supervisor only learns it when it has started the database.
 */
const now = new Date();
if (process.argv.includes("--samples")) await importSamples(now);
const token = await createFirstAdminLink(now);
// Whatever these have opened (a pool, a queue) must not keep the start waiting.
process.send?.({ token }, () => process.exit(0));
