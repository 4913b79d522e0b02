import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { startJobs, stopSender } from "#lib/db/jobs.ts";
import { env } from "#lib/env.ts";
import { workOnFeeds } from "#lib/ingest/health/jobs.ts";
import { workOnSettings } from "#lib/ingest/jobs/follow-settings.ts";
import { workOnRetention } from "#lib/ingest/jobs/run-retention.ts";
import { workOnUploads } from "#lib/ingest/jobs/tend-uploads.ts";
import { workOnAllowlist } from "#lib/ingest/jobs/work-on-allowlist.ts";
import { workOnDeletions } from "#lib/ingest/jobs/work-on-deletions.ts";
import { workOnDeliveries } from "#lib/ingest/jobs/work-on-deliveries.ts";
import { workOnImports } from "#lib/ingest/jobs/work-on-imports.ts";
import { workOnReplays } from "#lib/ingest/jobs/work-on-replays.ts";
import { log } from "#lib/log.ts";
import { workOnPulls } from "#lib/sumo/jobs/work-on-pulls.ts";
import { onStop } from "./on-stop.ts";
import { watchEventLoop } from "./watchdog.ts";

/** Jobs are given so long to reach a point from which they can go on later. */
const JOBS_GRACE_MS = 12_000;
/** No record, and nothing else that is looked at in one go, takes a hundredth of this. */
const MAX_STILL_SECONDS = 120;

const { databaseUrl } = env();
if (!databaseUrl) throw new Error("DATABASE_URL is not set: start the application with npm start.");
watchEventLoop(MAX_STILL_SECONDS);
connectTo({ connectionString: databaseUrl });
const stopping = new AbortController();
const jobs = await startJobs(databaseUrl);
await workOnImports(jobs, stopping.signal);
await workOnUploads(stopping.signal);
await workOnAllowlist(jobs, stopping.signal);
await workOnDeletions(jobs, stopping.signal);
await workOnReplays(jobs, stopping.signal);
await workOnRetention(stopping.signal);
workOnFeeds(stopping.signal);
workOnSettings(stopping.signal);
const deliveries = workOnDeliveries(stopping.signal);
const pulls = workOnPulls(stopping.signal);
log.info("worker started");

onStop(async () => {
  stopping.abort();
  await jobs.stop({ graceful: true, timeout: JOBS_GRACE_MS });
  await deliveries.stopped;
  await pulls.stopped;
  await stopSender();
  await closeDatabase();
  log.info("worker stopped");
});
