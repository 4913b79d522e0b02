import { z } from "zod";
import { db, pool } from "#lib/db/client.ts";
import { anywhere } from "#lib/db/conditions.ts";
import { cursorTimeSchema, decodeCursor, encodeCursor } from "#lib/db/cursor.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import { decodeBlock, decodeRecord } from "../raw-block.ts";
import type { RejectedFilter } from "../rejected-filter.ts";

const { sql } = Prisma;
const PAGE = 50;

export type RejectedListRow = {
  importId: string;
  importName: string;
  importedAt: Date;
  index: number;
  line: number;
  byteOffset: number;
  reason: RejectionReason;
  detail: string;
};

const DAY_MS = 86_400_000;

/** Of the imports that a filter means. */
function whereImport(filter: RejectedFilter): Prisma.Sql[] {
  const to = filter.to && new Date(Date.parse(filter.to) + DAY_MS);
  return [
    ...(filter.import ? [sql`import.id = ${filter.import}::uuid`] : []),
    ...(filter.kind ? [sql`import.kind = ${filter.kind}`] : []),
    ...(filter.source
      ? [
          sql`case import.kind when 'sumo' then import.connection_id::text else import.source end = ${filter.source}`,
        ]
      : []),
    ...(filter.from ? [sql`import.created_at >= ${new Date(filter.from)}`] : []),
    ...(to ? [sql`import.created_at < ${to}`] : []),
  ];
}

function where(filter: RejectedFilter): Prisma.Sql {
  return all([
    ...whereImport(filter),
    ...(filter.reason ? [sql`rejected.reason = ${filter.reason}`] : []),
    ...(filter.q
      ? [sql`(import.name ilike ${anywhere(filter.q)} or rejected.detail ilike ${anywhere(filter.q)})`]
      : []),
  ]);
}

function all(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? sql`true` : Prisma.join(conditions, " and ");
}

const cursorKeySchema = z.tuple([cursorTimeSchema, z.guid(), z.coerce.number().int()]);

/** Rejected records, those of the latest import first, in the order of its file. */
export async function listRejectedRecords(
  filter: RejectedFilter,
  cursorText?: string,
): Promise<{ rows: RejectedListRow[]; next: string | null }> {
  const key = cursorKeySchema.safeParse(decodeCursor(cursorText)?.key);
  // The first condition alone is one that the index serves.
  const place = key.success
    ? sql`and (import.created_at, import.id) <= (${key.data[0]}, ${key.data[1]}::uuid)
        and ((import.created_at, import.id) < (${key.data[0]}, ${key.data[1]}::uuid) or rejected.record_index > ${key.data[2]})`
    : Prisma.empty;
  const found = await db().$queryRaw<unknown[]>`
    select import.id as "importId", import.name as "importName", import.created_at as "importedAt",
      record_index::float8 as index, line::float8 as line, byte_offset::float8 as "byteOffset", reason, detail
    from import join rejected_record rejected on rejected.import_id = import.id
    where ${where(filter)} ${place}
    order by import.created_at desc, import.id desc, record_index limit ${PAGE + 1}`;
  const rows = z.array(rowSchema).parse(found.slice(0, PAGE));
  const last = rows.at(-1);
  return {
    rows,
    next:
      last && found.length > PAGE
        ? encodeCursor({
            side: "after",
            key: [String(last.importedAt.getTime()), last.importId, String(last.index)],
          })
        : null,
  };
}

const rowSchema = z.object({
  importId: z.guid(),
  importName: z.string(),
  importedAt: z.date(),
  index: z.number(),
  line: z.number(),
  byteOffset: z.number(),
  reason: z.string().transform((reason) => reason as RejectionReason),
  detail: z.string(),
});

export type RejectedCount = {
  reason: RejectionReason;
  /** Those that are kept. */
  count: number;
  /** Those that were counted and not kept. In what was seen of them nothing can be looked for: they count whatever is. */
  unkept: number;
};

/** How many there are for each reason, the most first: exact. */
export async function countRejectedByReason(filter: RejectedFilter): Promise<RejectedCount[]> {
  return await db().$queryRaw<RejectedCount[]>`
    select reason, sum(kept)::float8 as count, sum(unkept)::float8 as unkept from (
      select reason, count(*) as kept, 0 as unkept
      from import join rejected_record rejected on rejected.import_id = import.id
      where ${where(filter)} group by reason
      union all
      select reason, 0, rejected.count
      from import join unkept_rejection rejected on rejected.import_id = import.id
      where ${whereUnkept(filter)}
    ) one group by reason order by sum(kept) + sum(unkept) desc, reason`;
}

function whereUnkept(filter: RejectedFilter): Prisma.Sql {
  return all([...whereImport(filter), ...(filter.reason ? [sql`rejected.reason = ${filter.reason}`] : [])]);
}

type UnkeptCount = { importId: string; importName: string; reason: RejectionReason; count: number };

/** What was counted and not kept, by import and reason, the latest import first. */
async function listUnkept(filter: RejectedFilter): Promise<UnkeptCount[]> {
  return await db().$queryRaw<UnkeptCount[]>`
    select import.id as "importId", import.name as "importName", reason, rejected.count::float8 as count
    from import join unkept_rejection rejected on rejected.import_id = import.id
    where ${whereUnkept(filter)} order by import.created_at desc, import.id desc, reason`;
}

/**
 * Rejected records with their bytes, as JSON Lines, in the order of the list: a page's worth is held at a time. Behind them a line
 * for each import and reason of which some are not kept, with how many.
 */
export async function* rejectedLines(filter: RejectedFilter): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const { rows, next } = await listRejectedRecords(filter, cursor);
    const raws = await rawsOf(rows);
    for (const row of rows) {
      const raw = raws.get(`${row.importId} ${row.index}`);
      yield `${JSON.stringify({
        import: row.importId,
        file: row.importName,
        entry: raw?.entry ?? null,
        record: row.index,
        line: row.line,
        byte: row.byteOffset,
        reason: row.reason,
        detail: row.detail,
        // Bytes that are no UTF-8 are given as they are too.
        ...(raw === undefined ? { raw: null } : textOf(raw.bytes)),
      })}\n`;
    }
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  for (const { importId, importName, reason, count } of await listUnkept(filter)) {
    yield `${JSON.stringify({ import: importId, file: importName, reason, notKept: count })}\n`;
  }
}

function textOf(bytes: Buffer): { raw: string; rawBase64?: string } {
  const raw = bytes.toString("utf8");
  return Buffer.from(raw).equals(bytes) ? { raw } : { raw, rawBase64: bytes.toString("base64") };
}

async function rawsOf(
  rows: readonly RejectedListRow[],
): Promise<Map<string, { bytes: Buffer; entry?: string }>> {
  const { rows: blocks } = await pool().query<{ import_id: string; data: Buffer }>(
    `select distinct block.id, block.import_id, block.data
     from rejected_record rejected
     join unnest($1::uuid[], $2::bigint[]) as wanted (import_id, record_index) using (import_id, record_index)
     join raw_block block on block.id = rejected.block_id`,
    [rows.map(({ importId }) => importId), rows.map(({ index }) => index)],
  );
  return new Map(
    blocks.flatMap(({ import_id, data }) =>
      decodeBlock(data).map((raw) => [`${import_id} ${raw.index}`, raw] as const),
    ),
  );
}

/** All that is kept of a rejected record, byte for byte; null where there is none. */
export async function getRejectedBytes(importId: string, index: number): Promise<Buffer | null> {
  const { rows } = await pool().query<{ data: Buffer; position: number }>(
    `select block.data, rejected.block_position as position
     from rejected_record rejected join raw_block block on block.id = rejected.block_id
     where rejected.import_id = $1 and rejected.record_index = $2`,
    [importId, index],
  );
  const [row] = rows;
  return (row && decodeRecord(row.data, row.position)?.bytes) ?? null;
}
