import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { env } from "#lib/env.ts";
import { runImport } from "#lib/ingest/jobs/run-import.ts";

/** Reads one import as the worker does, in a process of its own: says how long it took, how much processor time of its own, and how much memory. */
const [importId = ""] = process.argv.slice(2);
connectTo({ connectionString: env().databaseUrl ?? "" });
const start = performance.now();
const before = process.cpuUsage();
await runImport(importId, () => new Date(), new AbortController().signal);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(before);
await stopSender();
await closeDatabase();
process.stdout.write(
  JSON.stringify({ ms, cpuMs: (user + system) / 1000, bytes: process.resourceUsage().maxRSS * 1024 }),
);
