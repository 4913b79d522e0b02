import { access } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { withLock } from "#lib/db/advisory-lock.ts";
import { db, inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { announce } from "#lib/db/live.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { formText } from "#lib/logs/read/form.ts";
import { openFile } from "#lib/logs/read/open-file.ts";
import { type ReadItem, readLimits } from "#lib/logs/read/record.ts";
import type { ImportFailure, TakenAs } from "../import.ts";
import { type Batch, type PipelineSettings, reassess } from "../pipeline.ts";
import { getDetectionSettings, holdDetectionSettings, isSame } from "../queries/settings.ts";
import { removeUpload, uploadPath } from "../uploads.ts";
import { holdStore } from "../writer/hold-store.ts";
import { writeBatch } from "../writer/write-batch.ts";
import { GrowingBatch } from "./growing-batch.ts";
import { ImportTables, waitForMapping } from "./import-tables.ts";
import { Overtaken, Run, TookTooLong } from "./watch-run.ts";

/** How often the worker may die at the same record: what kills it would do so for ever. */
const MAX_DEATHS = 3;

type Job = {
  id: string;
  storedAs: string;
  takenAs: TakenAs;
  position: number;
  deaths: number;
  run: Run;
};

/** The worker was asked to stop: what is committed stays, another run goes on from there. */
export class Stopped extends Error {}

/**
 * Reads a delivered file from where the last run stopped to its end. Only one run at a time does so: the others end at
 * once, `busy`. Throws Stopped, and whatever keeps it from going on now. `onMoved` hears of each batch that is stored.
 */
export async function runImport(
  importId: string,
  clock: () => Date,
  signal: AbortSignal,
  onMoved: () => void = () => {},
): Promise<"ended" | "busy"> {
  return await withLock<"ended">(`import ${importId}`, async () => {
    const job = await begin(importId, clock(), new Run(onMoved));
    if (job) await survive(job, () => read(job, clock, signal));
    return "ended";
  });
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
       where id = $1 and state in ('queued', 'running')`,
      [importId, reason, storable(detail), now],
    );
    await announce(client, { topic: "import", id: importId });
  });
}

/** Counts the run among those that died, until it moves the position or ends by itself. */
async function begin(importId: string, now: Date, run: Run): Promise<Job | undefined> {
  const { rows } = await pool().query<Job & { position: string }>(
    `update import set state = 'running', started_at = coalesce(started_at, $2), attempts = attempts + 1
     where id = $1 and state in ('queued', 'running')
     returning id, stored_as as "storedAs", taken_as as "takenAs", position, attempts - 1 as deaths`,
    [importId, now],
  );
  return rows[0] && { ...rows[0], position: Number(rows[0].position), run };
}

/** A run that stops or fails ends by itself. Without a database it stays counted. */
async function survive(job: Job, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await pool()
      .query("update import set attempts = greatest(0, attempts - 1) where id = $1", [job.id])
      .catch((lost: Error) => log.warn({ importId: job.id, error: lost.message }, "a run stays counted"));
    throw error;
  }
}

async function read(job: Job, clock: () => Date, signal: AbortSignal): Promise<void> {
  if (job.deaths >= MAX_DEATHS) {
    const detail = `${job.deaths} runs after record ${job.position} ended without a word`;
    return failImport(job.id, "gave-up", detail, clock());
  }
  const path = uploadPath(job.storedAs);
  try {
    await access(path);
  } catch (error) {
    return failImport(job.id, "file-missing", (error as Error).message, clock());
  }
  const maxMs = env().limits.importMinutes * 60_000;
  try {
    await job.run.keep(job.id, maxMs, () => readFile(job, path, clock, signal));
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (!(error instanceof TookTooLong)) throw error;
    await failImport(job.id, "took-too-long", error.message, clock());
  }
}

async function readFile(job: Job, path: string, clock: () => Date, signal: AbortSignal): Promise<void> {
  const tables = await ImportTables.of(job.id);
  const opened = await openFile(path, readLimits(env().limits), tables.knows);
  job.run.check();
  if (!opened.ok) {
    const { reason, detail, table } = opened.reason;
    if (reason === "csv" && table && !tables.isLeftOut(table)) {
      return await waitForMapping(job.id, { table, entry: null }, clock());
    }
    return await failImport(job.id, reason, detail, clock());
  }
  const { form, seen, items, bytesRead, close } = opened.value;
  try {
    await db().import.update({ where: { id: job.id }, data: { form: formText(form) } });
    await readBatches(job, { items: tables.before(items), tables, bytesRead }, clock, signal);
    await db().import.update({ where: { id: job.id }, data: { form: formText(form, seen) } });
  } finally {
    close();
  }
  job.run.check();
  if (tables.unmapped) return await waitForMapping(job.id, tables.unmapped, clock());
  await inTransaction(async (client) => {
    await tables.note(client, clock());
    const { rowCount } = await client.query(
      `update import set state = 'done', finished_at = $2, bytes_read = byte_size where id = $1 and state = 'running'`,
      [job.id, clock()],
    );
    if (rowCount !== 1) throw new Overtaken();
    await announce(client, { topic: "import", id: job.id });
  });
  await removeUpload(job.storedAs);
}

type Reading = { items: AsyncIterable<ReadItem[]>; tables: ImportTables; bytesRead: () => number };

/** While one batch is being written the next is read and processed. */
async function readBatches(
  job: Job,
  { items, tables, bytesRead }: Reading,
  clock: () => Date,
  signal: AbortSignal,
): Promise<void> {
  const settings: PipelineSettings = { ...(await getDetectionSettings()), mappings: tables.mappings };
  try {
    for await (const batch of batches(items, job.position, settings)) {
      await job.run.written();
      if (signal.aborted) throw new Stopped("The worker is stopping.");
      const now = clock();
      job.run.write(() => write(job, { batch, settings }, { tables, bytesRead: bytesRead() }, now));
    }
  } finally {
    await job.run.written();
  }
}

async function* batches(
  items: AsyncIterable<ReadItem[]>,
  position: number,
  settings: PipelineSettings,
): AsyncGenerator<Batch> {
  const growing = new GrowingBatch(settings);
  for await (const some of items) {
    growing.add(some.filter((item) => item.index > position));
    // Records may take long to parse: between some and some the worker says that it lives.
    await setImmediate();
    const full = growing.isFull ? growing.take() : undefined;
    if (full) yield full;
  }
  const rest = growing.take();
  if (rest) yield rest;
}

async function write(
  job: Job,
  { batch, settings }: { batch: Batch; settings: PipelineSettings },
  { tables, bytesRead }: { tables: ImportTables; bytesRead: number },
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    await tables.note(client, now);
    await holdStore(client, "shared");
    const current = await holdDetectionSettings(client);
    const assessed = isSame(current, settings)
      ? batch
      : { ...batch, events: reassess(batch.events, current) };
    const written = await writeBatch(client, assessed, { importId: job.id, takenAs: job.takenAs, now });
    await advance(client, job.id, batch, written, bytesRead);
    await announce(client, { topic: "import", id: job.id });
  });
}

/**
 * Counters and position move with what they count, only from where this batch began, and while the import is to be read. Of
 * the runs that died there none counts any more but the one in hand.
 */
async function advance(
  client: Transaction,
  importId: string,
  batch: Batch,
  written: Awaited<ReturnType<typeof writeBatch>>,
  bytesRead: number,
): Promise<void> {
  const { rowCount } = await client.query(
    `update import set position = $3, attempts = 1, bytes_read = greatest(bytes_read, $4), new_count = new_count + $5,
       duplicate_count = duplicate_count + $6, rejected_count = rejected_count + $7,
       detection_count = detection_count + $8
     where id = $1 and position = $2 and state = 'running'`,
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
  if (rowCount !== 1) throw new Overtaken();
}
