import { PgBoss } from "pg-boss";
import { log } from "#lib/log.ts";
import { pool, type Transaction } from "./client.ts";

/** What each queue's jobs carry. */
export type JobData = {
  import: { importId: string };
  allowlist: { runId: string };
  deletion: { importId: string };
  replay: { runId: string };
};
export type QueueName = keyof JobData;

/**
 * How often a job is tried. A worker that dies is noticed by its missing heartbeat; one that works is never cut short,
 * however long it takes.
 */
const QUEUE = {
  retryLimit: 5,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 30,
  expireInSeconds: 24 * 3600 - 1,
  notify: true,
};
const QUEUES: Record<QueueName, typeof QUEUE> = {
  import: QUEUE,
  allowlist: QUEUE,
  deletion: QUEUE,
  replay: QUEUE,
};

const holder = globalThis as typeof globalThis & { barnacleSender?: Promise<PgBoss> };

/** Puts a job on a queue as part of a transaction: it exists when, and only when, the rest is stored. */
export async function sendJob<Name extends QueueName>(
  client: Transaction,
  queue: Name,
  data: JobData[Name],
  delaySeconds = 0,
): Promise<void> {
  holder.barnacleSender ??= startSender();
  const boss = await holder.barnacleSender;
  await boss.send(queue, data, {
    startAfter: delaySeconds,
    db: { executeSql: (text, values) => client.query(text, values) },
  });
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool().query(text, values) },
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  return await start(boss);
}

export async function stopSender(): Promise<void> {
  const sender = await holder.barnacleSender;
  delete holder.barnacleSender;
  await sender?.stop({ graceful: false });
}

/** The worker's side: takes jobs, watches over heartbeats, keeps the queues' tables in order. */
export async function startJobs(connectionString: string): Promise<PgBoss> {
  return await start(
    new PgBoss({ connectionString, max: 4, useListenNotify: true, application_name: "barnacle-jobs" }),
  );
}

async function start(boss: PgBoss): Promise<PgBoss> {
  boss.on("error", (error) => log.error({ error: error.message }, "the job queue reports an error"));
  await boss.start();
  for (const [name, options] of Object.entries(QUEUES)) await boss.createQueue(name, options);
  return boss;
}
