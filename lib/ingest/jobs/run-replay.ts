import { withLock } from "#lib/db/advisory-lock.ts";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { env } from "#lib/env.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import { readLimits } from "#lib/logs/read/record.ts";
import { readAllMappings } from "../mappings/queries.ts";
import type { PipelineSettings } from "../pipeline.ts";
import { getDetectionSettings } from "../queries/settings.ts";
import {
  addCounts,
  noCounts,
  type ReplayCounts,
  replayCountsSchema,
  replayScopeSchema,
  type Stage,
} from "../replay.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { noteEvidenceGone, sweepAlerts } from "../writer/sweep-alerts.ts";
import { countAlerts } from "./count-alerts.ts";
import { type ReplayJob, runBatch } from "./replay-batch.ts";
import { ReplayNames } from "./replay-names.ts";
import { blocksWhere, type LoadedBlock, nextBlocks, rereadBlocks } from "./replay-records.ts";
import { Stopped } from "./run-import.ts";
import { settleStore } from "./settle-store.ts";

/** Somebody has cancelled it: what was committed stays. */
class Cancelled extends Error {}

/**
 * Puts stored records through the pipeline again, a few blocks at a time, each with the counts and the place that it is at. One
 * replay at a time does so: the others are `busy`. Throws Stopped, and whatever keeps it from going on now.
 */
export async function runReplay(
  runId: string,
  clock: () => Date,
  signal: AbortSignal,
): Promise<"ended" | "busy"> {
  return await withLock<"ended">("replay", async () => {
    const job = await begin(runId, clock());
    if (!job) return "ended";
    try {
      while (await replaySome(job, clock())) {
        if (signal.aborted) throw new Stopped("The worker is stopping.");
      }
      await job.names?.store(clock());
      await settle(job, clock, signal);
      await finish(job, clock());
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      // What went until then must not be left half settled.
      await settle(job, clock, signal);
    }
    return "ended";
  });
}

export async function failReplay(runId: string, failure: string, now: Date): Promise<void> {
  await pool().query(
    "update replay_run set state = 'failed', failure = $2, finished_at = $3 where id = $1 and state in ('queued', 'running')",
    [runId, storable(failure), now],
  );
}

async function begin(runId: string, now: Date): Promise<ReplayJob | undefined> {
  const { rows } = await pool().query<{
    id: string;
    scope: unknown;
    from_stage: Stage;
    dry_run: boolean;
    rules: string[] | null;
    position: string;
  }>(
    `update replay_run set state = 'running', started_at = coalesce(started_at, $2), normalizer = $3
     where id = $1 and state in ('queued', 'running')
     returning id, scope, from_stage, dry_run, rules, position`,
    [runId, now, NORMALIZER_VERSION],
  );
  const [row] = rows;
  if (!row) return undefined;
  const scope = replayScopeSchema.parse(row.scope);
  const { sql, values } = blocksWhere(scope);
  await pool().query(
    `update replay_run set total = coalesce(total, (select coalesce(sum(record_count), 0) from raw_block where ${sql}))
     where id = $${values.length + 1}`,
    [...values, runId],
  );
  const { rules, organisation } = await getDetectionSettings();
  const settings: PipelineSettings = {
    rules: rules.filter(({ id }) => row.rules === null || row.rules.includes(id)),
    organisation,
    mappings: await readAllMappings(),
  };
  const readsAll = scope.kind === "everything" && row.from_stage === "normalise" && !row.dry_run;
  return {
    id: row.id,
    scope,
    from: row.from_stage,
    dryRun: row.dry_run,
    position: row.position,
    settings,
    names: readsAll && row.position === "0" ? new ReplayNames() : null,
  };
}

/** Whether there was anything left. */
async function replaySome(job: ReplayJob, now: Date): Promise<boolean> {
  const loaded = await inTransaction(async (client) => {
    const blocks = await nextBlocks(client, job.scope, job.position);
    if (blocks.length === 0 || job.from === "allow") return { blocks, records: [] };
    const limits = readLimits(env().limits);
    return {
      blocks,
      records: await rereadBlocks(client, blocks, job.scope, { settings: job.settings, limits }),
    };
  });
  const last = loaded.blocks.at(-1);
  if (!last) return false;
  for (const { reread } of loaded.records) for (const { event } of reread.events) job.names?.note(event);
  await inTransaction(async (client) => {
    const counts = await runBatch(client, job, loaded, now);
    await advance(client, job, last.id, loaded.blocks, counts);
  });
  job.position = last.id;
  return true;
}

/** Place and counts move with what they count, and only while nobody has cancelled it. */
async function advance(
  client: Transaction,
  { id, position }: ReplayJob,
  through: string,
  blocks: readonly LoadedBlock[],
  counts: ReplayCounts,
): Promise<void> {
  const { rows } = await client.query<{ counts: unknown }>(
    "select counts from replay_run where id = $1 and state = 'running' and position = $2 for update",
    [id, position],
  );
  const [row] = rows;
  if (!row) throw new Cancelled();
  const done = blocks.reduce((sum, { records }) => sum + records, 0);
  await client.query("update replay_run set position = $2, done = done + $3, counts = $4 where id = $1", [
    id,
    through,
    done,
    JSON.stringify(addCounts(replayCountsSchema.parse(row.counts), counts)),
  ]);
}

/** After all records: what hangs on all of them together. */
async function settle(job: ReplayJob, clock: () => Date, signal: AbortSignal): Promise<void> {
  if (job.dryRun || job.from === "allow") return;
  const now = clock();
  await inTransaction(async (client) => {
    await holdForAltering(client);
    const { rows } = await client.query<{ id: string }>(
      `select id from alert where not exists (select from detection where detection.alert_id = alert.id)
         and not exists (select from activity where activity.alert_id = alert.id and activity.kind = 'evidence')`,
    );
    const ids = rows.map((row) => row.id);
    const text = "Read again, its records give no detection of it any more.";
    const alertsKept = await noteEvidenceGone(client, ids, { text, by: null, now });
    const { deleted } = await sweepAlerts(client, ids);
    await addToRun(client, job.id, { ...noCounts(), alertsGone: deleted, alertsKept });
  });
  // Actors and images that an alert names stay: those of alerts that are gone by now do not.
  await settleStore(clock, signal);
}

async function finish(job: ReplayJob, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    if (job.dryRun) {
      await addToRun(client, job.id, await countAlerts(client, job.id));
      await client.query("delete from replay_detection where run_id = $1", [job.id]);
    }
    await client.query(
      "update replay_run set state = 'done', finished_at = $2 where id = $1 and state = 'running'",
      [job.id, now],
    );
  });
}

async function addToRun(client: Transaction, id: string, counts: ReplayCounts): Promise<void> {
  const { rows } = await client.query<{ counts: unknown }>(
    "select counts from replay_run where id = $1 for update",
    [id],
  );
  await client.query("update replay_run set counts = $2 where id = $1", [
    id,
    JSON.stringify(addCounts(replayCountsSchema.parse(rows[0]?.counts ?? {}), counts)),
  ]);
}
