import { db, pool } from "#lib/db/client.ts";
import type { ImportProgress, ImportState } from "./import.ts";
import { decodeRecord } from "./raw-block.ts";

/** An original record as text, with where it stood. */
export type OriginalRecord = {
  text: string;
  importId: string;
  importName: string;
  index: number;
  line: number;
  byteOffset: number;
};

/** The original record of an event, or null when there is no such event. */
export async function getRecord(occurredAt: Date, eventId: string): Promise<OriginalRecord | null> {
  const { rows } = await pool().query<BlockRow>(
    `select event.block_position as position, block.data, import.id, import.name
     from event join raw_block block on block.id = event.block_id join import on import.id = block.import_id
     where event.occurred_at = $1 and event.id = $2`,
    [occurredAt, eventId],
  );
  return originalOf(rows[0]);
}

export type RejectedRecord = OriginalRecord & { reason: string; detail: string };

/** A rejected record of an import by its index, or null. */
export async function getRejectedRecord(importId: string, index: number): Promise<RejectedRecord | null> {
  const { rows } = await pool().query<BlockRow & { reason: string; detail: string }>(
    `select rejected.reason, rejected.detail, rejected.block_position as position, block.data, import.id, import.name
     from rejected_record rejected join raw_block block on block.id = rejected.block_id
       join import on import.id = rejected.import_id
     where rejected.import_id = $1 and rejected.record_index = $2`,
    [importId, index],
  );
  const [row] = rows;
  const original = originalOf(row);
  return row && original ? { ...original, reason: row.reason, detail: row.detail } : null;
}

type BlockRow = { position: number; data: Buffer; id: string; name: string };

function originalOf(row: BlockRow | undefined): OriginalRecord | null {
  const record = row && decodeRecord(row.data, row.position);
  if (!row || !record) return null;
  const { bytes, index, line, byteOffset } = record;
  return { text: bytes.toString("utf8"), importId: row.id, importName: row.name, index, line, byteOffset };
}

/** How far an import has come, or null when there is none. */
export async function getImportProgress(importId: string): Promise<ImportProgress | null> {
  const row = await db().import.findUnique({ where: { id: importId } });
  if (!row) return null;
  return {
    id: row.id,
    state: row.state as ImportState,
    byteSize: Number(row.byteSize),
    bytesRead: Number(row.bytesRead),
    records: Number(row.position),
    newCount: Number(row.newCount),
    duplicateCount: Number(row.duplicateCount),
    rejectedCount: Number(row.rejectedCount),
    detectionCount: Number(row.detectionCount),
  };
}
