import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { db, inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { announce } from "#lib/db/live.ts";
import { RULES } from "#lib/detection/rules.ts";
import { env } from "#lib/env.ts";
import { parseNetworks } from "#lib/logs/normalize/address.ts";
import { openLog } from "#lib/logs/read/read.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import type { ImportFailure, TakenAs } from "../import.ts";
import { type Batch, type PipelineSettings, processRecords } from "../pipeline.ts";
import { removeUpload, uploadPath } from "../uploads.ts";
import { writeBatch } from "../writer/write-batch.ts";

/** A batch is a transaction: large enough to be fast, small enough that progress is seen and little is done twice. */
const BATCH_RECORDS = 2000;
const BATCH_BYTES = 8 * 1024 * 1024;

type Job = { id: string; storedAs: string; takenAs: TakenAs; position: number };

/** The worker was asked to stop: what is committed stays, another run goes on from there. */
export class Stopped extends Error {}

/**
 * Reads a delivered file from where the last run stopped to its end. Only one run at a time does so: the others end at
 * once, `busy`. Throws Stopped, and whatever keeps it from going on now.
 */
export async function runImport(
  importId: string,
  clock: () => Date,
  signal: AbortSignal,
): Promise<"ended" | "busy"> {
  const key = `import ${importId}`;
  const session = await pool().connect();
  let lost: Error | undefined;
  try {
    const { rows } = await session.query("select pg_try_advisory_lock(hashtextextended($1, 0)) as mine", [
      key,
    ]);
    if (!rows[0]?.mine) return "busy";
    const job = await begin(importId, clock());
    if (job) await read(job, clock, signal);
    return "ended";
  } finally {
    await session.query("select pg_advisory_unlock_all()").catch((error: Error) => {
      lost = error;
    });
    session.release(lost);
  }
}

/** Ends an import that cannot be read. */
export async function failImport(
  importId: string,
  reason: ImportFailure,
  detail: string,
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `update import set state = 'failed', failure = $2, failure_detail = $3, finished_at = $4
       where id = $1 and state <> 'done'`,
      [importId, reason, storable(detail), now],
    );
    await announce(client, { topic: "import", id: importId });
  });
}

async function begin(importId: string, now: Date): Promise<Job | undefined> {
  const row = await db().import.findUnique({ where: { id: importId } });
  if (!row || row.state === "done" || row.state === "failed") return undefined;
  await db().import.update({
    where: { id: importId },
    data: { state: "running", startedAt: row.startedAt ?? now },
  });
  const takenAs = row.takenAs as TakenAs;
  return { id: row.id, storedAs: row.storedAs, takenAs, position: Number(row.position) };
}

async function read(job: Job, clock: () => Date, signal: AbortSignal): Promise<void> {
  const path = uploadPath(job.storedAs);
  try {
    await access(path);
  } catch (error) {
    return failImport(job.id, "file-missing", (error as Error).message, clock());
  }
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  try {
    const log = await openLog(file);
    if (!log.ok) return await failImport(job.id, log.reason.reason, log.reason.detail, clock());
    const form = `${log.value.form.compression} ${log.value.form.shape}`;
    await db().import.update({ where: { id: job.id }, data: { form } });
    await readBatches(job, log.value.items, () => file.bytesRead, clock, signal);
  } finally {
    file.destroy();
  }
  await inTransaction(async (client) => {
    await client.query(
      "update import set state = 'done', finished_at = $2, bytes_read = byte_size where id = $1",
      [job.id, clock()],
    );
    await announce(client, { topic: "import", id: job.id });
  });
  await removeUpload(job.storedAs);
}

/** While one batch is being written the next is read and processed. */
async function readBatches(
  job: Job,
  items: AsyncIterable<ReadItem[]>,
  bytesRead: () => number,
  clock: () => Date,
  signal: AbortSignal,
): Promise<void> {
  const settings: PipelineSettings = { rules: RULES, networks: parseNetworks(env().networks) };
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const records of batches(items, job.position)) {
      const batch = processRecords(records, settings);
      await writing;
      if (signal.aborted) throw new Stopped("The worker is stopping.");
      writing = write(job, batch, bytesRead(), clock());
      // Seen again when it is awaited; this keeps a failure in between from ending the process.
      writing.catch(() => {});
    }
  } finally {
    await writing;
  }
}

async function* batches(items: AsyncIterable<ReadItem[]>, position: number): AsyncGenerator<ReadItem[]> {
  let batch: ReadItem[] = [];
  let bytes = 0;
  for await (const some of items) {
    for (const item of some) {
      if (item.index <= position) continue;
      batch.push(item);
      bytes += item.bytes.length;
      if (batch.length < BATCH_RECORDS && bytes < BATCH_BYTES) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

async function write(job: Job, batch: Batch, bytesRead: number, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const written = await writeBatch(client, batch, { importId: job.id, takenAs: job.takenAs, now });
    await advance(client, job.id, batch, written, bytesRead);
    await announce(client, { topic: "import", id: job.id });
  });
}

/** Counters and position move with what they count, and only from where this batch began. */
async function advance(
  client: Transaction,
  importId: string,
  batch: Batch,
  written: Awaited<ReturnType<typeof writeBatch>>,
  bytesRead: number,
): Promise<void> {
  const { rowCount } = await client.query(
    `update import set position = $3, bytes_read = greatest(bytes_read, $4), new_count = new_count + $5,
       duplicate_count = duplicate_count + $6, rejected_count = rejected_count + $7,
       detection_count = detection_count + $8
     where id = $1 and position = $2`,
    [
      importId,
      batch.from - 1,
      batch.through,
      bytesRead,
      written.newCount,
      written.duplicateCount,
      written.rejectedCount,
      written.detectionCount,
    ],
  );
  if (rowCount !== 1) throw new Error("Another worker has read on in this import.");
}
