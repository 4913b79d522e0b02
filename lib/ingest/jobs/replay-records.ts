import type { Transaction } from "#lib/db/client.ts";
import type { ReadLimits } from "#lib/logs/read/record.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import type { PipelineSettings } from "../pipeline.ts";
import { decodeBlock } from "../raw-block.ts";
import type { ReplayScope } from "../replay.ts";
import { rereadEvent, rereadRejected } from "../reread.ts";
import type { ReplayBlock, RereadRecord } from "../writer/replay-plan.ts";

/** A step's work: some two thousand records. */
const BLOCKS_AT_ONCE = 8;

/** Of those of which only some records are read. */
const NOTED_BLOCKS_AT_ONCE = 64;
const NOTED_RECORDS_AT_ONCE = 2000;

/** `positions`: of its records those that are read; null: all. */
export type LoadedBlock = ReplayBlock & { data: Buffer; records: number; positions: Set<number> | null };

/** The SQL for the blocks of a scope, its values from `$1`. */
export function blocksWhere(scope: ReplayScope): { sql: string; values: unknown[] } {
  if (scope.kind === "import") return { sql: "import_id = $1", values: [scope.importId] };
  if (scope.kind === "source")
    return { sql: "last_at >= $1 and first_at < $2", values: [scope.from, scope.to] };
  if (scope.kind === "everything") return { sql: "true", values: [] };
  return {
    sql: `id in (select block_id from rejected_record
      where ($1::uuid is null or import_id = $1) and ($2::text is null or reason = $2))`,
    values: [scope.importId, scope.reason],
  };
}

/** The next blocks of a scope behind `position`. What an import brought that is being deleted is left alone. */
export async function nextBlocks(
  client: Transaction,
  scope: ReplayScope,
  position: string,
): Promise<LoadedBlock[]> {
  const { sql, values } = blocksWhere(scope);
  const { rows } = await client.query<{
    id: string;
    import_id: string;
    data: Buffer;
    record_count: number;
    first_at: Date | null;
    last_at: Date | null;
  }>(
    `select id, import_id, data, record_count, first_at, last_at from raw_block
     where id > $${values.length + 1} and ${sql}
       and import_id not in (select id from import where state in ('deleting', 'deleted'))
     order by id limit ${BLOCKS_AT_ONCE}`,
    [...values, position],
  );
  return rows.map((row) => ({
    id: row.id,
    importId: row.import_id,
    data: row.data,
    records: row.record_count,
    firstAt: row.first_at,
    lastAt: row.last_at,
    positions: null,
  }));
}

/** The same of the blocks that a run has noted, with what it reads of them. */
export async function nextNotedBlocks(
  client: Transaction,
  runId: string,
  position: string,
): Promise<LoadedBlock[]> {
  const { rows } = await client.query<{
    id: string;
    import_id: string;
    data: Buffer;
    first_at: Date | null;
    last_at: Date | null;
    positions: number[];
  }>(
    `with next as (
       select block_id, positions from replay_block where run_id = $1 and block_id > $2
       order by block_id limit ${NOTED_BLOCKS_AT_ONCE}
     ), counted as (
       select *, sum(cardinality(positions)) over (order by block_id) - cardinality(positions) as before from next
     )
     select id, import_id, data, first_at, last_at, positions from counted join raw_block on raw_block.id = block_id
     where before < ${NOTED_RECORDS_AT_ONCE}
       and import_id not in (select id from import where state in ('deleting', 'deleted'))
     order by id`,
    [runId, position],
  );
  return rows.map((row) => ({
    id: row.id,
    importId: row.import_id,
    data: row.data,
    records: row.positions.length,
    firstAt: row.first_at,
    lastAt: row.last_at,
    positions: new Set(row.positions),
  }));
}

/** Reads the records of blocks as they are read today. In a scope of rejected records these alone. */
export async function rereadBlocks(
  client: Transaction,
  blocks: readonly LoadedBlock[],
  scope: ReplayScope,
  { settings, limits }: { settings: PipelineSettings; limits: ReadLimits },
): Promise<RereadRecord[]> {
  const raws = blocks.flatMap((block) =>
    decodeBlock(block.data).flatMap((raw, position) =>
      block.positions === null || block.positions.has(position) ? [{ block, position, raw }] : [],
    ),
  );
  const rejected = await rejectedAmong(client, raws);
  return raws.flatMap(({ block, position, raw }) => {
    const known = rejected.get(`${block.id} ${position}`) ?? null;
    if (scope.kind === "rejected" && !(known && (scope.reason === null || scope.reason === known.reason)))
      return [];
    const reread = known ? rereadRejected(raw, settings, limits) : rereadEvent(raw, settings);
    return [{ block, position, raw, rejected: known, reread }];
  });
}

async function rejectedAmong(
  client: Transaction,
  raws: readonly Pick<RereadRecord, "block" | "raw">[],
): Promise<Map<string, { reason: RejectionReason; detail: string }>> {
  const { rows } = await client.query<{
    block_id: string;
    block_position: number;
    reason: RejectionReason;
    detail: string;
  }>(
    `select block_id, block_position, reason, detail
     from rejected_record join unnest($1::uuid[], $2::bigint[]) as one (import_id, record_index) using (import_id, record_index)`,
    [raws.map(({ block }) => block.importId), raws.map(({ raw }) => raw.index)],
  );
  return new Map(
    rows.map((row) => [`${row.block_id} ${row.block_position}`, { reason: row.reason, detail: row.detail }]),
  );
}
