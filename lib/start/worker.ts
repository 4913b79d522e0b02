import { startWorker } from "#lib/ingest/worker.ts";
import { log } from "#lib/log.ts";
import { onStop } from "./on-stop.ts";

const worker = await startWorker();
log.info("worker started");
onStop(async () => {
  await worker.stop();
  log.info("worker stopped");
});
