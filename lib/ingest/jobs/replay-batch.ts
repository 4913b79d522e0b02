import { holdAllowlist } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import type { DetectionSettings } from "#lib/detection/detect.ts";
import { type PipelineSettings, reassess } from "../pipeline.ts";
import { holdDetectionSettings, isSame } from "../queries/settings.ts";
import { noCounts, type ReplayCounts, type ReplayScope, type Stage } from "../replay.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { judgeStored } from "../writer/judge-stored.ts";
import { redetect } from "../writer/redetect.ts";
import { applyReplay, type DeliveryOf } from "../writer/replay-apply.ts";
import { planReplay, type RereadRecord } from "../writer/replay-plan.ts";
import { countPlan, noteDetections, noteRejudged } from "./count-replay.ts";
import type { ReplayNames } from "./replay-names.ts";
import type { LoadedBlock, rereadBlocks } from "./replay-records.ts";
import { tellAlerts } from "./tell-alerts.ts";

export type ReplayJob = {
  id: string;
  scope: ReplayScope;
  from: Stage;
  dryRun: boolean;
  position: string;
  settings: PipelineSettings;
  /** The rule that it is about; null: all. */
  ruleId: string | null;
  /** Whether the blocks that it reads stand in `replay_block`: one that begins with detection reads what it must. */
  isNoted: boolean;
  /** Of a run that reads everything, and that has not been broken off: what things are called by all records. */
  names: ReplayNames | null;
};

/** Does, or in a dry run only counts, what a batch of blocks amounts to. */
export async function runBatch(
  client: Transaction,
  job: ReplayJob,
  loaded: LoadedBatch,
  now: Date,
): Promise<ReplayCounts> {
  if (job.from === "allow") return await judgeBlocks(client, job, loaded.blocks, now);
  return job.dryRun ? await preview(client, job, loaded) : await apply(client, job, loaded, now);
}

export type LoadedBatch = { blocks: LoadedBlock[]; records: Awaited<ReturnType<typeof rereadBlocks>> };

async function preview(
  client: Transaction,
  job: ReplayJob,
  { records, blocks }: LoadedBatch,
): Promise<ReplayCounts> {
  const inForce = await holdAllowlist(client);
  const plan = await planReplay(client, records, job);
  const deliveries = await deliveriesOf(client, blocks);
  await noteDetections(client, job.id, plan, { inForce, deliveries });
  return countPlan(plan);
}

async function apply(
  client: Transaction,
  job: ReplayJob,
  { records, blocks }: LoadedBatch,
  now: Date,
): Promise<ReplayCounts> {
  const inForce = await holdForAltering(client);
  const alive = await deliveriesOf(client, blocks);
  const current = await holdDetectionSettings(client);
  const isUnchanged = isSame(current, job.settings);
  const plan = await planReplay(
    client,
    records
      .filter(({ block }) => alive.has(block.importId))
      .map((record) => (isUnchanged ? record : withSettings(record, current))),
    job,
  );
  const counts = countPlan(plan);
  if (plan.differences.length === 0 && plan.outdated.length === 0) return counts;
  const changed = plan.differences.flatMap((one) => (one.what === "changed" ? [one] : []));
  if (job.from === "detect") {
    const done = await redetect(client, changed, alive, { inForce, now });
    return { ...counts, alertsMade: done.alertsMade, alertsKept: await tellAlerts(client, job, done, now) };
  }
  const { alertsMade } = await applyReplay(client, plan, alive, { inForce, now });
  return { ...counts, alertsMade };
}

function withSettings(record: RereadRecord, settings: DetectionSettings): RereadRecord {
  const { reread } = record;
  return { ...record, reread: { ...reread, events: reassess(reread.events, settings) } };
}

async function deliveriesOf(
  client: Transaction,
  blocks: readonly LoadedBlock[],
): Promise<Map<string, DeliveryOf>> {
  const { rows } = await client.query<{ id: string; taken_as: DeliveryOf["takenAs"]; delivered_at: Date }>(
    `select id, taken_as, coalesce(started_at, created_at) as delivered_at from import
     where id = any($1::uuid[]) and state not in ('deleting', 'deleted')`,
    [[...new Set(blocks.map(({ importId }) => importId))]],
  );
  return new Map(rows.map((row) => [row.id, { takenAs: row.taken_as, deliveredAt: row.delivered_at }]));
}

async function judgeBlocks(
  client: Transaction,
  { id, scope, dryRun }: ReplayJob,
  blocks: readonly LoadedBlock[],
  now: Date,
): Promise<ReplayCounts> {
  const inForce = dryRun ? await holdAllowlist(client) : await holdForAltering(client);
  const { rejudged, ...counted } = await judgeStored(client, blocks, scope, { inForce, dryRun, now });
  if (dryRun) await noteRejudged(client, id, rejudged);
  return { ...noCounts(), ...counted };
}
