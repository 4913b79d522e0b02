import { withLock } from "#lib/db/advisory-lock.ts";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { env } from "#lib/env.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import { readLimits } from "#lib/logs/read/record.ts";
import { getRulesTrying } from "#lib/rules/queries/in-force.ts";
import { ruleSettingSchema } from "#lib/rules/setting.ts";
import { forgetRun } from "../commands/replays.ts";
import { readAllMappings } from "../mappings/queries.ts";
import type { PipelineSettings } from "../pipeline.ts";
import { getDetectionSettings } from "../queries/settings.ts";
import {
  addCounts,
  type ReplayCounts,
  replayCountsSchema,
  replayScopeSchema,
  type Stage,
} from "../replay.ts";
import { countAlerts } from "./count-alerts.ts";
import { type ReplayJob, runBatch } from "./replay-batch.ts";
import { noteBlocks } from "./replay-blocks.ts";
import { ReplayNames } from "./replay-names.ts";
import {
  blocksWhere,
  type LoadedBlock,
  nextBlocks,
  nextNotedBlocks,
  rereadBlocks,
} from "./replay-records.ts";
import { Stopped } from "./run-import.ts";
import { addToRun, settleReplay } from "./settle-replay.ts";

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
  return await withLock<"ended">(await lockOf(runId), async () => {
    const job = await begin(runId, clock());
    if (!job) return "ended";
    try {
      await replayAll(job, clock, signal);
      if (job.isNoted && (await noteMore(job))) await replayAll(job, clock, signal);
      await job.names?.store(clock());
      await settleReplay(job, clock, signal);
      await finish(job, clock());
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      // What went until then must not be left half settled.
      await settleReplay(job, clock, signal);
    }
    return "ended";
  });
}

/** What only looks need not wait for what changes the store, nor for others that look. */
async function lockOf(runId: string): Promise<string> {
  const { rows } = await pool().query<{ dry_run: boolean }>("select dry_run from replay_run where id = $1", [
    runId,
  ]);
  return rows[0]?.dry_run ? `replay ${runId}` : "replay";
}

export async function failReplay(runId: string, failure: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      "update replay_run set state = 'failed', failure = $2, finished_at = $3 where id = $1 and state in ('queued', 'running')",
      [runId, storable(failure), now],
    );
    await forgetRun(client, runId);
  });
}

async function begin(runId: string, now: Date): Promise<ReplayJob | undefined> {
  const { rows } = await pool().query<{
    id: string;
    scope: unknown;
    from_stage: Stage;
    dry_run: boolean;
    rule_id: string | null;
    rule_setting: unknown;
    position: string;
  }>(
    `update replay_run set state = 'running', started_at = coalesce(started_at, $2), normalizer = $3
     where id = $1 and state in ('queued', 'running')
     returning id, scope, from_stage, dry_run, rule_id, rule_setting, position`,
    [runId, now, NORMALIZER_VERSION],
  );
  const [row] = rows;
  if (!row) return undefined;
  const scope = replayScopeSchema.parse(row.scope);
  const current = await getDetectionSettings();
  // The first that it read: what is changed later it has not reached as a whole.
  await pool().query("update replay_run set organisation = coalesce(organisation, $2) where id = $1", [
    runId,
    current.organisation.revision,
  ]);
  const trying = row.rule_setting === null ? null : ruleSettingSchema.parse(row.rule_setting);
  const rules = row.rule_id && trying ? await getRulesTrying(row.rule_id, trying) : current.rules;
  const settings: PipelineSettings = { ...current, rules, mappings: await readAllMappings() };
  const readsAll = scope.kind === "everything" && row.from_stage === "normalise" && !row.dry_run;
  const job: ReplayJob = {
    id: row.id,
    scope,
    from: row.from_stage,
    dryRun: row.dry_run,
    position: row.position,
    settings,
    ruleId: row.rule_id,
    isNoted: row.from_stage === "detect" && scope.kind !== "rejected",
    names: readsAll && row.position === "0" ? new ReplayNames() : null,
  };
  await countRecords(job);
  return job;
}

async function countRecords(job: ReplayJob): Promise<void> {
  if (job.isNoted) {
    await noteMore(job);
    return;
  }
  const { sql, values } = blocksWhere(job.scope);
  await pool().query(
    `update replay_run set total = coalesce(total, (select coalesce(sum(record_count), 0) from raw_block where ${sql}))
     where id = $${values.length + 1}`,
    [...values, job.id],
  );
}

/** Whether there is more to read than was known: what went to other blocks meanwhile lies behind all that were. */
async function noteMore(job: ReplayJob): Promise<boolean> {
  return await inTransaction(async (client) => {
    const of = { runId: job.id, scope: job.scope, ruleId: job.ruleId };
    const records = await noteBlocks(client, of, job.position);
    await client.query("update replay_run set total = coalesce(total, 0) + $2 where id = $1", [
      job.id,
      records,
    ]);
    return records > 0;
  });
}

async function replayAll(job: ReplayJob, clock: () => Date, signal: AbortSignal): Promise<void> {
  while (await replaySome(job, clock())) {
    if (signal.aborted) throw new Stopped("The worker is stopping.");
  }
}

/** Whether there was anything left. */
async function replaySome(job: ReplayJob, now: Date): Promise<boolean> {
  const loaded = await inTransaction(async (client) => {
    const blocks = job.isNoted
      ? await nextNotedBlocks(client, job.id, job.position)
      : await nextBlocks(client, job.scope, job.position);
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

async function finish(job: ReplayJob, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    if (job.dryRun) {
      await addToRun(client, job.id, await countAlerts(client, job.id));
    }
    await forgetRun(client, job.id);
    await client.query(
      "update replay_run set state = 'done', finished_at = $2 where id = $1 and state = 'running'",
      [job.id, now],
    );
  });
}
