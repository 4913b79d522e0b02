import { z } from "zod";
import { db, pool } from "#lib/db/client.ts";
import { cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { type Import, Prisma } from "#lib/db/generated/client.ts";
import { listen } from "#lib/db/live.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import type { ImportFailure, ImportKind, ImportProgress, ImportState, TakenAs } from "./import.ts";
import { decodeRecord } from "./raw-block.ts";

/** An original record as text, with where it stood. */
export type OriginalRecord = {
  text: string;
  importId: string;
  importName: string;
  /** The file of a delivered archive that line and byte are of. */
  entry: string | null;
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

export type RejectedRecord = OriginalRecord & { reason: RejectionReason; detail: string };

/** A rejected record of an import by its index, or null. */
export async function getRejectedRecord(importId: string, index: number): Promise<RejectedRecord | null> {
  const { rows } = await pool().query<BlockRow & { reason: RejectionReason; detail: string }>(
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
  const { bytes, index, line, byteOffset, entry = null } = record;
  const text = bytes.toString("utf8");
  return { text, importId: row.id, importName: row.name, entry, index, line, byteOffset };
}

export type RejectedRow = {
  index: number;
  line: number;
  byteOffset: number;
  reason: RejectionReason;
  detail: string;
};

const REJECTED_PER_PAGE = 100;

/** Rejected records of an import, in the order of the file, after the one with the index `after`. */
export async function listRejected(
  importId: string,
  after: number,
): Promise<{ rows: RejectedRow[]; more: boolean }> {
  const found = await db().rejectedRecord.findMany({
    where: { importId, recordIndex: { gt: after } },
    orderBy: { recordIndex: "asc" },
    take: REJECTED_PER_PAGE + 1,
  });
  const rows = found.slice(0, REJECTED_PER_PAGE).map(({ recordIndex, line, byteOffset, reason, detail }) => ({
    index: Number(recordIndex),
    line: Number(line),
    byteOffset: Number(byteOffset),
    reason: reason as RejectionReason,
    detail,
  }));
  return { rows, more: found.length > REJECTED_PER_PAGE };
}

export type ImportRow = ImportProgress & {
  kind: ImportKind;
  name: string;
  form: string | null;
  takenAs: TakenAs;
  failure: ImportFailure | null;
  failureDetail: string | null;
  createdBy: string | null;
  /** The name of the token that delivered it, and the source that it was made for. */
  token: string | null;
  source: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  cancelledBy: string | null;
};

const IMPORTS_PER_PAGE = 50;

const cursorKeySchema = z.tuple([cursorTimeSchema, z.guid()]);

/** Imports, the latest first. */
export async function listImports(cursorText?: string): Promise<{ rows: ImportRow[]; older: string | null }> {
  const key = cursorKeySchema.safeParse(decodeCursor(cursorText)?.key);
  const place = key.success
    ? Prisma.sql`where (created_at, id) < (${key.data[0]}, ${key.data[1]}::uuid)`
    : Prisma.empty;
  const ids = await db().$queryRaw<{ id: string }[]>`
    select id from import ${place} order by created_at desc, id desc limit ${IMPORTS_PER_PAGE + 1}`;
  const found = await db().import.findMany({
    where: { id: { in: ids.slice(0, IMPORTS_PER_PAGE).map(({ id }) => id) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const rows = await withNames(found);
  const last = rows.at(-1);
  const more = last && ids.length > IMPORTS_PER_PAGE;
  return {
    rows,
    older: more ? encodeCursor({ side: "after", key: [String(last.createdAt.getTime()), last.id] }) : null,
  };
}

export async function countImports(): Promise<number> {
  return await db().import.count();
}

/** An import, or null when there is none. */
export async function getImport(importId: string): Promise<ImportRow | null> {
  const row = await db().import.findUnique({ where: { id: importId } });
  return row ? ((await withNames([row]))[0] ?? null) : null;
}

/** How far an import has come, or null when there is none. */
export async function getImportProgress(importId: string): Promise<ImportProgress | null> {
  const row = await db().import.findUnique({ where: { id: importId } });
  return row && progressOf(row);
}

/** Calls back with the id of each import that begins, moves on or ends, until the returned function is called. */
export function watchImports(onChange: (importId: string) => void): () => void {
  return listen(({ topic, id }) => {
    if (topic === "import") onChange(id);
  });
}

type StoredImport = Import;

async function withNames(rows: StoredImport[]): Promise<ImportRow[]> {
  const ids = [
    ...new Set(rows.flatMap(({ createdBy, cancelledBy }) => [createdBy ?? [], cancelledBy ?? []].flat())),
  ];
  const people = await db().person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const tokens = await db().ingestToken.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ tokenId }) => tokenId ?? []))] } },
    select: { id: true, name: true },
  });
  const names = new Map([...people, ...tokens].map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...progressOf(row),
    kind: row.kind as ImportKind,
    name: row.name,
    form: row.form,
    takenAs: row.takenAs as TakenAs,
    failure: row.failure as ImportFailure | null,
    failureDetail: row.failureDetail,
    createdBy: (row.createdBy && names.get(row.createdBy)) ?? null,
    token: (row.tokenId && names.get(row.tokenId)) ?? null,
    source: row.source,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    cancelledBy: (row.cancelledBy && names.get(row.cancelledBy)) ?? null,
  }));
}

function progressOf(row: StoredImport): ImportProgress {
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
