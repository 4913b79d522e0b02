import { z } from "zod";
import { db, pool } from "#lib/db/client.ts";
import type { ImportTable } from "#lib/db/generated/client.ts";
import { normalize } from "#lib/logs/normalize/normalize.ts";
import type { Normalize } from "#lib/logs/normalize/provenance.ts";
import {
  indexMappings,
  mappingSchema,
  type StoredMapping,
  type TableMappings,
} from "#lib/logs/normalize/table-mapping.ts";
import {
  type MappedTable,
  type MappingRow,
  mappedBySchema,
  type Sample,
  sampleSchema,
  type WaitingTable,
} from "./mapping.ts";

const MOST_LISTED = 500;

const storedSchema = z.array(
  z.object({ id: z.guid(), version: z.int(), columns: z.array(z.string()), mapping: mappingSchema }),
);

/**
 * The mappings by which an import is read: those that are in use and, of tables that it has begun to read, also those that
 * were forgotten meanwhile, so that it goes on as it began.
 */
export async function readMappings(importId: string): Promise<TableMappings> {
  const { rows } = await pool().query(
    `select id, version, columns, mapping from table_mapping
     where forgotten_at is null
       or fingerprint in (select fingerprint from import_table where import_id = $1 and state = 'mapped')`,
    [importId],
  );
  return indexMappings(storedSchema.parse(rows));
}

/** All mappings that ever read a record, those that were forgotten too: what is stored is read again as it was. */
export async function readAllMappings(): Promise<TableMappings> {
  const { rows } = await pool().query("select id, version, columns, mapping from table_mapping");
  return indexMappings(storedSchema.parse(rows));
}

/** How the record of an event is read: by the version of a mapping that its details name, else as any other. */
export async function readingOf(details: unknown): Promise<Normalize> {
  const by = mappedBySchema.safeParse(details);
  const stored = by.success
    ? await readMappingVersion(by.data.mapping.id, by.data.mapping.version)
    : undefined;
  const mappings = indexMappings(stored ? [stored] : []);
  return (record) => normalize(record, mappings);
}

/** A version of a mapping, by which records may have been read; undefined where there is none. */
export async function readMappingVersion(id: string, version: number): Promise<StoredMapping | undefined> {
  const { rows } = await pool().query(
    `select mapping.id, said.version, mapping.columns, said.mapping
     from table_mapping mapping join table_mapping_version said on said.mapping_id = mapping.id
     where mapping.id = $1 and said.version = $2`,
    [id, version],
  );
  return storedSchema.parse(rows)[0];
}

/** Tables of an import that are left out: they are rejected. */
export async function readLeftOut(importId: string): Promise<Set<string>> {
  const rows = await db().importTable.findMany({
    where: { importId, state: "left-out" },
    select: { fingerprint: true },
  });
  return new Set(rows.map(({ fingerprint }) => fingerprint));
}

/** The table for which an import waits, or null. */
export async function getWaitingTable(importId: string): Promise<WaitingTable | null> {
  return tableOf(await db().importTable.findFirst({ where: { importId, state: "waiting" } }));
}

/** A table of an import, whether it is waited for or not, or null. */
export async function getImportTable(importId: string, fingerprint: string): Promise<WaitingTable | null> {
  return tableOf(
    await db().importTable.findUnique({ where: { importId_fingerprint: { importId, fingerprint } } }),
  );
}

function tableOf(row: ImportTable | null): WaitingTable | null {
  return (
    row && {
      fingerprint: row.fingerprint,
      columns: row.columns,
      sample: sampleSchema.parse(row.sample),
      entry: row.entry,
    }
  );
}

/** A mapping in use, or null. */
export async function getMapping(id: string): Promise<MappingRow | null> {
  return (await mappings("mapping.id = $1", [id]))[0] ?? null;
}

/** The mappings in use, by the names of their logs. */
export async function listMappings(): Promise<{ rows: MappingRow[]; more: boolean }> {
  const rows = await mappings("true", []);
  return { rows: rows.slice(0, MOST_LISTED), more: rows.length > MOST_LISTED };
}

type UsedMapping = { id: string; name: string; isForgotten: boolean };

/** The mappings by which tables of an import were read. */
export async function listMappingsOfImport(importId: string): Promise<UsedMapping[]> {
  const { rows } = await pool().query(
    `select mapping.id, mapping.mapping ->> 'name' as name, mapping.forgotten_at is not null as "isForgotten"
     from import_table read join table_mapping mapping on mapping.fingerprint = read.fingerprint
     where read.import_id = $1 and read.state = 'mapped' order by name limit $2`,
    [importId, MOST_LISTED],
  );
  return z.array(z.object({ id: z.guid(), name: z.string(), isForgotten: z.boolean() })).parse(rows);
}

/** How many imports wait until somebody says what the columns of a table hold, and which has waited longest. */
export async function countWaitingImports(): Promise<{ count: number; oldestId: string | null }> {
  const { rows } = await pool().query(
    `select import.id, count(*) over ()::int as count
     from import_table waiting join import on import.id = waiting.import_id
     where waiting.state = 'waiting' and import.state = 'needs_mapping'
     order by import.created_at, import.id limit 1`,
  );
  const [oldest] = z.array(z.object({ id: z.guid(), count: z.int() })).parse(rows);
  return { count: oldest?.count ?? 0, oldestId: oldest?.id ?? null };
}

/** The table of a mapping with the first rows of the latest import that had it; none where no such import is left. */
export async function getMappedTable(id: string): Promise<MappedTable | null> {
  const mapping = await db().tableMapping.findUnique({ where: { id } });
  if (!mapping) return null;
  const latest = await db().importTable.findFirst({
    where: { fingerprint: mapping.fingerprint },
    orderBy: { seenAt: "desc" },
  });
  const { fingerprint, columns } = mapping;
  return { fingerprint, columns, sample: latest ? inOrder(latest, columns) : [] };
}

/** The columns of another delivery may stand in another order, or case. */
function inOrder(table: { columns: string[]; sample: unknown }, columns: readonly string[]): Sample {
  const lower = table.columns.map((name) => name.toLowerCase());
  const places = columns.map((name) => {
    const exact = table.columns.indexOf(name);
    return exact === -1 ? lower.indexOf(name.toLowerCase()) : exact;
  });
  return sampleSchema
    .parse(table.sample)
    .map((row) => ("cells" in row ? { ...row, cells: places.map((at) => row.cells[at] ?? "") } : row));
}

async function mappings(where: string, values: unknown[]): Promise<MappingRow[]> {
  const { rows } = await pool().query(
    `select mapping.id, mapping.version, mapping.columns, mapping.mapping, mapping.last_used_at as "lastUsedAt",
       mapping.created_at as "createdAt", person.name as "changedBy", said.at as "changedAt", used.imports
     from table_mapping mapping
       join table_mapping_version said on said.mapping_id = mapping.id and said.version = mapping.version
       left join person on person.id = said.person_id
       cross join lateral (select count(*)::int as imports from import_table read
         where read.fingerprint = mapping.fingerprint and read.state = 'mapped') used
     where mapping.forgotten_at is null and ${where}
     order by lower(mapping.mapping ->> 'name'), mapping.id limit ${MOST_LISTED + 1}`,
    values,
  );
  return rowsSchema.parse(rows);
}

const rowsSchema = z.array(
  z.object({
    id: z.guid(),
    version: z.int(),
    columns: z.array(z.string()),
    mapping: mappingSchema,
    lastUsedAt: z.date().nullable(),
    createdAt: z.date(),
    changedBy: z.string().nullable(),
    changedAt: z.date(),
    imports: z.int(),
  }),
);
