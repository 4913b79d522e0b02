import { parseArgs } from "node:util";
import { createFirstAdminLink } from "#lib/access/commands/links.ts";
import { importSamples } from "#lib/ingest/samples/import-samples.ts";
import { connectStandIn } from "./connect-stand-in.ts";
import { standInSchema } from "./stand-in.ts";

/**
 * What is done once at each start, in a process of its own: it reads the database's address from the environment, as
 * the application does, and the supervisor only learns it when it has started the database.
 */
const now = new Date();
const { values } = parseArgs({ options: { samples: { type: "boolean" }, sumo: { type: "string" } } });
if (values.samples) await importSamples(now);
if (values.sumo !== undefined) await connectStandIn(standInSchema.parse(JSON.parse(values.sumo)), now);
const token = await createFirstAdminLink(now);
// Whatever these have opened (a pool, a queue) must not keep the start waiting.
process.send?.({ token }, () => process.exit(0));
