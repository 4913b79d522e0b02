import { withLock } from "#lib/db/advisory-lock.ts";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { announce } from "#lib/db/live.ts";
import { removeUpload } from "../uploads.ts";
import { alterEvents, holdForAltering } from "../writer/alter-events.ts";
import { handOver, type StoredPlace } from "../writer/hand-over.ts";
import { noteEvidence, sweepAlerts } from "../writer/sweep-alerts.ts";
import { GONE_EVENTS } from "../writer/take-events.ts";
import { Stopped } from "./run-import.ts";
import { settleStore } from "./settle-store.ts";

/** A transaction's work: some two thousand records. */
const BLOCKS_AT_ONCE = 8;

type Job = { importId: string; name: string; storedAs: string; askedBy: string | null };

/**
 * Deletes what an import brought, batch by batch; the blocks that are left of it are what is left to do. Events that another
 * import delivered too stay, as that one's. The import's row stays. Throws Stopped, and whatever keeps it from going on now.
 */
export async function deleteImport(
  importId: string,
  clock: () => Date,
  signal: AbortSignal,
): Promise<"ended" | "busy"> {
  return await withLock<"ended">(`import ${importId}`, async () => {
    const job = await begin(importId);
    if (!job) return "ended";
    while (await deleteSome(job, clock())) {
      if (signal.aborted) throw new Stopped("The worker is stopping.");
    }
    await settleStore(clock, signal);
    await removeUpload(job.storedAs);
    await finish(job, clock());
    return "ended";
  });
}

/** Ends a deletion that cannot be finished; asked for again, it goes on. */
export async function failDeletion(importId: string, failure: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `update import_deletion set state = 'failed', failure = $2, finished_at = $3 where import_id = $1 and state <> 'done'`,
      [importId, storable(failure), now],
    );
    await announce(client, { topic: "import", id: importId });
  });
}

async function begin(importId: string): Promise<Job | undefined> {
  const { rows } = await pool().query<Job>(
    `update import_deletion set state = 'running',
       total = greatest(total, (select coalesce(sum(record_count), 0) from raw_block where raw_block.import_id = $1))
     from import where import.id = import_id and import_id = $1 and import_deletion.state in ('queued', 'running')
     returning import_id as "importId", import.name, stored_as as "storedAs", asked_by as "askedBy"`,
    [importId],
  );
  return rows[0];
}

/** Whether there was anything left. */
async function deleteSome({ importId, name, askedBy }: Job, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    const inForce = await holdForAltering(client);
    const blocks = await blocksOf(client, importId);
    if (blocks.length === 0) return false;
    const ids = blocks.map(({ id }) => id);
    const events = await eventsIn(client, ids);
    const handed = await handOver(client, importId, events);
    const gone = events.filter(({ id }) => !handed.ids.has(id));
    const altered = await alterEvents(
      client,
      { gone, come: [], alertIds: handed.alertIds },
      { inForce, now },
    );
    const text = storable(`Evidence of it was deleted with the import “${name}”.`);
    const kept = await noteEvidence(client, altered.lost, { text, by: askedBy, now });
    const { deleted } = await sweepAlerts(client, altered.lost, { why: text, now });
    await client.query(
      `delete from redelivery using ${GONE_EVENTS} gone
       where redelivery.occurred_at = gone.occurred_at and redelivery.event_id = gone.id`,
    );
    const rejected = await client.query(
      "delete from rejected_record where import_id = $1 and block_id = any($2::bigint[])",
      [importId, ids],
    );
    await client.query("delete from raw_block where id = any($1::bigint[])", [ids]);
    await client.query(
      `update import_deletion set done = done + $2, events = events + $3, handed_over = handed_over + $4,
         detections = detections + $5, rejected = rejected + $6, alerts_deleted = alerts_deleted + $7, alerts_kept = alerts_kept + $8
       where import_id = $1`,
      [
        importId,
        blocks.reduce((sum, { records }) => sum + records, 0),
        gone.length,
        handed.ids.size,
        altered.detectionsBefore,
        rejected.rowCount ?? 0,
        deleted,
        kept,
      ],
    );
    await announce(client, { topic: "import", id: importId });
    return true;
  });
}

async function blocksOf(client: Transaction, importId: string): Promise<{ id: string; records: number }[]> {
  const { rows } = await client.query<{ id: string; records: number }>(
    `select id, record_count as records from raw_block where import_id = $1 order by id limit ${BLOCKS_AT_ONCE}`,
    [importId],
  );
  return rows;
}

/** Nothing leads from a block to its events but the time in which they lie. */
async function eventsIn(client: Transaction, blockIds: readonly string[]): Promise<StoredPlace[]> {
  const { rows } = await client.query<{ first_at: Date | null; last_at: Date | null }>(
    "select min(first_at) as first_at, max(last_at) as last_at from raw_block where id = any($1::bigint[])",
    [blockIds],
  );
  const [span] = rows;
  if (!span?.first_at || !span.last_at) return [];
  const found = await client.query<{
    occurred_at: Date;
    id: string;
    block_id: string;
    block_position: number;
  }>(
    `select occurred_at, id, block_id, block_position from event
     where occurred_at between $2 and $3 and block_id = any($1::bigint[])`,
    [blockIds, span.first_at, span.last_at],
  );
  return found.rows.map((row) => ({
    occurredAt: row.occurred_at,
    id: row.id,
    blockId: row.block_id,
    position: row.block_position,
  }));
}

async function finish({ importId }: Job, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query("delete from redelivery where import_id = $1", [importId]);
    await client.query("delete from rejected_record where import_id = $1", [importId]);
    await client.query(
      `with gone as (delete from unkept_rejection where import_id = $1 returning count)
       update import_deletion set rejected = rejected + (select coalesce(sum(count), 0) from gone) where import_id = $1`,
      [importId],
    );
    await client.query("delete from import_table where import_id = $1", [importId]);
    await client.query(
      "update import_deletion set state = 'done', failure = null, finished_at = $2 where import_id = $1",
      [importId, now],
    );
    await client.query("update import set state = 'deleted' where id = $1", [importId]);
    await announce(client, { topic: "import", id: importId });
  });
}
