import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { startJobs, stopSender } from "#lib/db/jobs.ts";
import { env } from "#lib/env.ts";
import { workOnImports } from "./jobs.ts";

const STOP_TIMEOUT_MS = 20_000;

/** Starts taking jobs from the database. `stop` lets the batch in hand commit, then returns. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl } = env();
  if (!databaseUrl) throw new Error("DATABASE_URL is not set: start the application with npm start.");
  connectTo({ connectionString: databaseUrl });
  const stopping = new AbortController();
  const boss = await startJobs(databaseUrl);
  await workOnImports(boss, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
      await stopSender();
      await closeDatabase();
    },
  };
}
